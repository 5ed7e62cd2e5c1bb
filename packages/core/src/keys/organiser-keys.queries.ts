import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";

export const organiserKeyKinds = ["issuer", "list", "token"] as const;
export type OrganiserKeyKind = (typeof organiserKeyKinds)[number];
export type OrganiserKeyState = "next" | "active" | "retired" | "compromised";

export type OrganiserKeyRow = {
  kind: OrganiserKeyKind;
  id: number;
  /** 32 bytes; the token key has none. */
  publicKey: Buffer | null;
  sealedSecret: Buffer;
  state: OrganiserKeyState;
  createdAt: Date;
  activatedAt: Date | null;
  /** The first moment at which it verifies no more; null: no end is set. */
  verifiesUntil: Date | null;
};

/** Changes of keys are few, and come one after the other: whoever has this lock sees what all before have done. */
export async function lockKeys(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tessera/keys'))`.execute(trx);
}

/** Writes a new key, unless its id is taken: then another server was first, and its key is the one. */
export async function insertOrganiserKey(
  db: Kysely<Database>,
  key: Omit<OrganiserKeyRow, "activatedAt" | "verifiesUntil"> & { state: "next" | "active" },
): Promise<void> {
  await db
    .insertInto("organiser_key")
    .values({
      kind: key.kind,
      id: key.id,
      public_key: key.publicKey,
      sealed_secret: key.sealedSecret,
      state: key.state,
      created_at: key.createdAt,
      activated_at: key.state === "active" ? key.createdAt : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function listOrganiserKeys(db: Kysely<Database>): Promise<OrganiserKeyRow[]> {
  return db
    .selectFrom("organiser_key")
    .select([
      "kind",
      "id",
      "public_key as publicKey",
      "sealed_secret as sealedSecret",
      "state",
      "created_at as createdAt",
      "activated_at as activatedAt",
      "verifies_until as verifiesUntil",
    ])
    .$narrowType<Pick<OrganiserKeyRow, "kind" | "state">>()
    .orderBy("kind")
    .orderBy("id")
    .execute();
}

type KeyName = Pick<OrganiserKeyRow, "kind" | "id">;

/** Makes a key the one that signs; the one before must have made room. */
export async function activateOrganiserKey(trx: Transaction<Database>, key: KeyName, at: Date): Promise<void> {
  await trx
    .updateTable("organiser_key")
    .set({ state: "active", activated_at: at })
    .where("kind", "=", key.kind)
    .where("id", "=", key.id)
    .execute();
}

export async function retireOrganiserKey(
  trx: Transaction<Database>,
  key: KeyName,
  verifiesUntil: Date | null,
): Promise<void> {
  await trx
    .updateTable("organiser_key")
    .set({ state: "retired", verifies_until: verifiesUntil })
    .where("kind", "=", key.kind)
    .where("id", "=", key.id)
    .execute();
}

export async function markCompromised(trx: Transaction<Database>, key: KeyName): Promise<void> {
  await trx
    .updateTable("organiser_key")
    .set({ state: "compromised" })
    .where("kind", "=", key.kind)
    .where("id", "=", key.id)
    .execute();
}

/** How many tickets have a newest pass that an issuer key signed and that is meant to be good at a moment or later. */
export async function countPassesBeyond(db: Kysely<Database>, issuerKeyId: number, moment: Date): Promise<number> {
  const { passes } = await db
    .selectFrom("ticket")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id")
        .onRef("ticket_epoch.epoch", "=", "ticket.epoch"),
    )
    .where("ticket.state", "=", "issued")
    .where("ticket_epoch.issuer_key_id", "=", issuerKeyId)
    .where("ticket_epoch.valid_until", ">", moment)
    .select(({ fn }) => fn.countAll<number>().as("passes"))
    .executeTakeFirstOrThrow();
  return passes;
}

/** How old lists may be, seconds, where an admin has set it for a competition session that is not over; null: nowhere. */
export async function longestListAge(db: Kysely<Database>, now: Date): Promise<number | null> {
  const { longest } = await db
    .selectFrom("gate_policy")
    .innerJoin("competition_session", "competition_session.id", "gate_policy.competition_session_id")
    .where("competition_session.ends_at", ">", now)
    .select(({ fn }) => fn.max("gate_policy.max_list_age_seconds").as("longest"))
    .executeTakeFirstOrThrow();
  return longest;
}
