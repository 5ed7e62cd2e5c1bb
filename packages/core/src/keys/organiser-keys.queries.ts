import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

export const organiserKeyKinds = ["issuer", "list", "token"] as const;
export type OrganiserKeyKind = (typeof organiserKeyKinds)[number];

export type OrganiserKeyRow = {
  kind: OrganiserKeyKind;
  id: number;
  /** 32 bytes; the token key has none. */
  publicKey: Buffer | null;
  sealedSecret: Buffer;
  state: "active" | "retired" | "compromised";
};

/** Writes a new active key, unless its id is taken: then another server was first, and its key is the one. */
export async function insertOrganiserKey(
  db: Kysely<Database>,
  key: Omit<OrganiserKeyRow, "state"> & { createdAt: Date },
): Promise<void> {
  await db
    .insertInto("organiser_key")
    .values({
      kind: key.kind,
      id: key.id,
      public_key: key.publicKey,
      sealed_secret: key.sealedSecret,
      state: "active",
      created_at: key.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function listOrganiserKeys(db: Kysely<Database>): Promise<OrganiserKeyRow[]> {
  return db
    .selectFrom("organiser_key")
    .select(["kind", "id", "public_key as publicKey", "sealed_secret as sealedSecret", "state"])
    .$narrowType<Pick<OrganiserKeyRow, "kind" | "state">>()
    .orderBy("kind")
    .orderBy("id")
    .execute();
}
