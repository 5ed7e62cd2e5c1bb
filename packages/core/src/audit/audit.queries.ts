import type { AuditAction } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";

type Details = Readonly<Record<string, string | number | boolean>>;

export type AuditEntry = {
  id: string;
  at: Date;
  action: AuditAction;
  actorId: string | null;
  subjectId: string | null;
  details: Details;
};

export type AuditSeal = { position: number; entryId: string; chainHash: Buffer };

const entryColumns = [
  "audit_entry.id",
  "audit_entry.at",
  "audit_entry.action",
  "audit_entry.actor_id as actorId",
  "audit_entry.subject_id as subjectId",
  "audit_entry.details",
] as const;
type EntryNarrowing = { action: AuditAction; details: Details };

export const insertAuditEntry = (db: Kysely<Database>, entry: AuditEntry): Promise<void> =>
  insertAuditEntries(db, [entry]);

export async function insertAuditEntries(db: Kysely<Database>, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db
    .insertInto("audit_entry")
    .values(
      entries.map((entry) => ({
        id: entry.id,
        at: entry.at,
        action: entry.action,
        actor_id: entry.actorId,
        subject_id: entry.subjectId,
        details: JSON.stringify(entry.details),
      })),
    )
    .execute();
}

/** One sealer at a time, on all nodes together. False: another one is at it. Held until the transaction ends. */
export async function lockChain(trx: Transaction<Database>): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('tessera/audit')) as locked`.execute(trx);
  return rows[0]?.locked ?? false;
}

export async function findChainHead(db: Kysely<Database>): Promise<AuditSeal | undefined> {
  return db
    .selectFrom("audit_seal")
    .select(["position", "entry_id as entryId", "chain_hash as chainHash"])
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Entries whose transaction has been committed and that no seal knows yet, in the order of their ids. */
export async function listUnsealed(trx: Transaction<Database>, limit: number): Promise<AuditEntry[]> {
  return trx
    .selectFrom("audit_unsealed")
    .innerJoin("audit_entry", "audit_entry.id", "audit_unsealed.entry_id")
    .select(entryColumns)
    .$narrowType<EntryNarrowing>()
    .orderBy("audit_entry.id")
    .limit(limit)
    .execute();
}

export async function insertSeals(trx: Transaction<Database>, seals: readonly AuditSeal[]): Promise<void> {
  await trx
    .insertInto("audit_seal")
    .values(seals.map((seal) => ({ position: seal.position, entry_id: seal.entryId, chain_hash: seal.chainHash })))
    .execute();
  await trx
    .deleteFrom("audit_unsealed")
    .where(
      "entry_id",
      "in",
      seals.map(({ entryId }) => entryId),
    )
    .execute();
}

/** A seal with its entry; without one, if somebody has taken it away. */
export type SealedEntry = AuditSeal & { entry: AuditEntry | null };

/** The chain in the order of its positions, from behind `after` on. */
export async function listSealed(db: Kysely<Database>, after: number, limit: number): Promise<SealedEntry[]> {
  const rows = await db
    .selectFrom("audit_seal")
    .leftJoin("audit_entry", "audit_entry.id", "audit_seal.entry_id")
    .select(["audit_seal.position", "audit_seal.entry_id as entryId", "audit_seal.chain_hash as chainHash"])
    .select(entryColumns)
    .$narrowType<{ action: AuditAction | null; details: Details | null }>()
    .where("audit_seal.position", ">", after)
    .orderBy("audit_seal.position")
    .limit(limit)
    .execute();
  return rows.map(({ position, entryId, chainHash, id, at, action, actorId, subjectId, details }) => ({
    position,
    entryId,
    chainHash,
    entry:
      id === null || at === null || action === null || details === null
        ? null
        : { id, at, action, actorId, subjectId, details },
  }));
}

/** The first entry that is neither sealed nor waiting for it, and so was not written by the way that all are. */
export async function findUnknownEntry(db: Kysely<Database>): Promise<{ id: string; at: Date } | undefined> {
  return db
    .selectFrom("audit_entry")
    .select(["id", "at"])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom("audit_seal").select("position").whereRef("audit_seal.entry_id", "=", "audit_entry.id"),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("audit_unsealed")
            .select("audit_unsealed.entry_id")
            .whereRef("audit_unsealed.entry_id", "=", "audit_entry.id"),
        ),
      ),
    )
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
}

/** How many entries wait for the sealer; with a moment, of those that were written before it. */
export async function countUnsealed(db: Kysely<Database>, before?: Date): Promise<number> {
  const { count } = await db
    .selectFrom("audit_unsealed")
    .innerJoin("audit_entry", "audit_entry.id", "audit_unsealed.entry_id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .$if(before !== undefined, (query) => query.where("audit_entry.at", "<", before ?? new Date(0)))
    .executeTakeFirstOrThrow();
  return count;
}

export type AuditEntryRow = AuditEntry & {
  position: number | null;
  actorName: string | null;
  subjectName: string | null;
  /** Of who asked for what somebody else then approved. */
  requesterName: string | null;
};

/**
 * The newest first. Names are those of today; an account that was deleted has none. An invitation goes by its address while
 * it is open, and nobody keeps that any longer.
 */
export async function listAuditEntryRows(
  db: Kysely<Database>,
  filter: { action: AuditAction | null; accountId: string | null; before: string | null; limit: number },
): Promise<AuditEntryRow[]> {
  const { action, accountId, before, limit } = filter;
  return db
    .selectFrom("audit_entry")
    .leftJoin("audit_seal", "audit_seal.entry_id", "audit_entry.id")
    .leftJoin("account as actor", (join) =>
      join.onRef("actor.id", "=", "audit_entry.actor_id").on("actor.deleted_at", "is", null),
    )
    .leftJoin("account as subject", (join) =>
      join.onRef("subject.id", "=", "audit_entry.subject_id").on("subject.deleted_at", "is", null),
    )
    .leftJoin("invitation", "invitation.id", "audit_entry.subject_id")
    .leftJoin("account as requester", (join) =>
      join
        .on(sql<boolean>`requester.id = (audit_entry.details ->> 'requestedBy')::uuid`)
        .on("requester.deleted_at", "is", null),
    )
    .select(entryColumns)
    .select([
      "audit_seal.position",
      "actor.display_name as actorName",
      sql<string | null>`coalesce(subject.display_name, nullif(invitation.email, ''))`.as("subjectName"),
      "requester.display_name as requesterName",
    ])
    .$narrowType<EntryNarrowing>()
    .$if(action !== null, (query) => query.where("audit_entry.action", "=", action ?? ""))
    .$if(before !== null, (query) => query.where("audit_entry.id", "<", before))
    .$if(accountId !== null, (query) =>
      query.where((eb) =>
        eb.or([eb("audit_entry.actor_id", "=", accountId), eb("audit_entry.subject_id", "=", accountId)]),
      ),
    )
    .orderBy("audit_entry.id", "desc")
    .limit(limit)
    .execute();
}
