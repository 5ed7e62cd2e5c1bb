import type { closeIncidentInput, Given } from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Actor } from "../../ports.ts";
import { lockIncident, markDone } from "./list-incidents.queries.ts";

/**
 * Writes down what was done about an incident, once and for good; one that explained itself may still be closed by whoever
 * did something about it. Throws `not_found`, and `conflict` if somebody has closed it before.
 */
export async function closeIncident(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  { accountId }: Pick<Actor, "accountId">,
  { incidentId, note }: Given<typeof closeIncidentInput>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const incident = await lockIncident(trx, incidentId);
    if (incident === undefined) throw new CodedError("not_found");
    if (incident.state === "done") throw new CodedError("conflict");
    const key = { competitionSessionId: incident.competition_session_id, incidentId };
    await markDone(trx, key, { at: ctx.clock(), by: accountId, note });
    await writeAuditEntry(trx, ctx, {
      action: "incident.done",
      actorId: accountId,
      subjectId: incidentId,
      details: { kind: incident.kind },
    });
  });
}
