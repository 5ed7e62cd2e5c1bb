import type { AuditAction } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId, newIds } from "../ids.ts";
import { insertAuditEntries, insertAuditEntry } from "./audit.queries.ts";

/** What happened, by ids only: no name, address, secret or free text of a person. */
export type AuditAct = {
  action: AuditAction;
  /** Who did it; left out for a stranger, a command or the server itself. */
  actorId?: string;
  /** The account, offer or other thing that it was done to. */
  subjectId?: string;
  details?: Readonly<Record<string, string | number | boolean>>;
};

/** Writes it down with what it records, in the same transaction; the sealer chains it after the commit. */
export async function writeAuditEntry(
  db: Kysely<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { action, actorId, subjectId, details = {} }: AuditAct,
): Promise<void> {
  await insertAuditEntry(db, {
    id: newId(ctx),
    at: ctx.clock(),
    action,
    actorId: actorId ?? null,
    subjectId: subjectId ?? null,
    details,
  });
}

/** Many at once, of one moment. */
export async function writeAuditEntries(
  db: Kysely<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  acts: readonly AuditAct[],
): Promise<void> {
  const ids = newIds(ctx, acts.length);
  const at = ctx.clock();
  await insertAuditEntries(
    db,
    acts.map(({ action, actorId, subjectId, details = {} }, index) => ({
      id: ids[index] ?? "",
      at,
      action,
      actorId: actorId ?? null,
      subjectId: subjectId ?? null,
      details,
    })),
  );
}
