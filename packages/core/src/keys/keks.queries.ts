import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import type { KekKind } from "./keyring.ts";

/** next: not used before every server has it. former: seals no more, still opens. retired: nothing is sealed under it. */
export type KekState = "next" | "active" | "former" | "retired";

export type KekRow = {
  kind: KekKind;
  id: number;
  state: KekState;
  checkValue: Buffer;
  createdAt: Date;
  activatedAt: Date | null;
};

export async function listKeks(db: Kysely<Database>): Promise<KekRow[]> {
  return db
    .selectFrom("kek")
    .select([
      "kind",
      "id",
      "state",
      "check_value as checkValue",
      "created_at as createdAt",
      "activated_at as activatedAt",
    ])
    .$narrowType<Pick<KekRow, "kind" | "state">>()
    .orderBy("kind")
    .orderBy("id")
    .execute();
}

export async function insertKek(trx: Transaction<Database>, kek: Omit<KekRow, "activatedAt">): Promise<void> {
  await trx
    .insertInto("kek")
    .values({
      kind: kek.kind,
      id: kek.id,
      state: kek.state,
      check_value: kek.checkValue,
      created_at: kek.createdAt,
      activated_at: kek.state === "active" ? kek.createdAt : null,
    })
    .execute();
}

export async function setKekState(
  trx: Transaction<Database>,
  kek: Pick<KekRow, "kind" | "id">,
  change: { state: "active"; activatedAt: Date } | { state: "former" | "retired" },
): Promise<void> {
  await trx
    .updateTable("kek")
    .set({ state: change.state, ...(change.state === "active" ? { activated_at: change.activatedAt } : {}) })
    .where("kind", "=", kek.kind)
    .where("id", "=", kek.id)
    .execute();
}

/** A KEK that a server holds in its memory, and whether it is the one of its kind that it seals with. */
export type NodeKekRow = { nodeId: string; kind: KekKind; kekId: number; seals: boolean };

/** Says that a node lives and what it holds. Seen by the database's clock, the same for all. */
export async function putNodeKeks(db: Kysely<Database>, keks: readonly NodeKekRow[]): Promise<void> {
  if (keks.length === 0) return;
  await db
    .insertInto("node_kek")
    .values(
      keks.map((kek) => ({
        node_id: kek.nodeId,
        kind: kek.kind,
        kek_id: kek.kekId,
        seals: kek.seals,
        seen_at: sql<Date>`now()`,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["node_id", "kind", "kek_id"])
        .doUpdateSet({ seals: (eb) => eb.ref("excluded.seals"), seen_at: (eb) => eb.ref("excluded.seen_at") }),
    )
    .execute();
  await db
    .deleteFrom("node_kek")
    .where("seen_at", "<", sql<Date>`now() - interval '1 day'`)
    .execute();
}

export async function deleteNodeKeks(db: Kysely<Database>, nodeId: string): Promise<void> {
  await db.deleteFrom("node_kek").where("node_id", "=", nodeId).execute();
}

/** What the servers hold that have said so within the last minute: six times the pause between two sayings. */
export async function listLiveNodeKeks(db: Kysely<Database>): Promise<NodeKekRow[]> {
  return db
    .selectFrom("node_kek")
    .select(["node_id as nodeId", "kind", "kek_id as kekId", "seals"])
    .$narrowType<Pick<NodeKekRow, "kind">>()
    .where("seen_at", ">", sql<Date>`now() - interval '1 minute'`)
    .execute();
}
