import type { auditPage, auditQuery, Facts, Given } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { type AuditEntryRow, listAuditEntryRows } from "./audit.queries.ts";

const pageSize = 50;

/** One page of the audit log for admins, the newest entry first. */
export async function listAuditEntries(
  { db }: Pick<CoreContext, "db">,
  query: Given<typeof auditQuery>,
): Promise<Facts<typeof auditPage>> {
  // One more than is shown tells whether there is more.
  const rows = await listAuditEntryRows(db, { ...query, limit: pageSize + 1 });
  const entries = rows.slice(0, pageSize).map(({ actorId, actorName, subjectId, subjectName, ...row }) => ({
    ...withRequester(row),
    actor: actorId === null ? null : { id: actorId, displayName: actorName },
    subject: subjectId === null ? null : { id: subjectId, displayName: subjectName },
  }));
  return { entries, more: rows.length > pageSize };
}

/** Who asked, by name where there is one. */
function withRequester<Row extends Pick<AuditEntryRow, "details" | "requesterName">>({ requesterName, ...row }: Row) {
  return requesterName === null ? row : { ...row, details: { ...row.details, requestedBy: requesterName } };
}
