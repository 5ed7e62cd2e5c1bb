import type { AuditAction } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

export type AuditEntry = {
  id: string;
  at: Date;
  action: AuditAction;
  actorId: string | null;
  subjectId: string | null;
  details: Readonly<Record<string, string | number | boolean>>;
};

export async function insertAuditEntry(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto("audit_entry")
    .values({
      id: entry.id,
      at: entry.at,
      action: entry.action,
      actor_id: entry.actorId,
      subject_id: entry.subjectId,
      details: JSON.stringify(entry.details),
    })
    .execute();
}
