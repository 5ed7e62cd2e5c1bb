import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

export type Registration = { id: string; email: string; codeHash: Buffer };

export async function insertRegistration(
  trx: Transaction<Database>,
  row: Registration & { createdAt: Date; expiresAt: Date },
): Promise<void> {
  await trx
    .insertInto("registration")
    .values({
      id: row.id,
      email: row.email,
      code_hash: row.codeHash,
      created_at: row.createdAt,
      expires_at: row.expiresAt,
    })
    .execute();
}

/** Counts a try before it is looked at, so that many at once are not more than one by one. */
export async function countTry(
  db: Kysely<Database>,
  { id, now, mostWrong }: { id: string; now: Date; mostWrong: number },
): Promise<Registration | undefined> {
  return db
    .updateTable("registration")
    .set((eb) => ({ wrong_codes: eb("wrong_codes", "+", 1) }))
    .where("id", "=", id)
    .where("expires_at", ">", now)
    .where("wrong_codes", "<", mostWrong)
    .returning(["id", "email", "code_hash as codeHash"])
    .executeTakeFirst();
}

/** It was right: it counts for nothing. */
export async function giveTryBack(db: Kysely<Database>, id: string): Promise<void> {
  await db
    .updateTable("registration")
    .set((eb) => ({ wrong_codes: eb("wrong_codes", "-", 1) }))
    .where("id", "=", id)
    .execute();
}

/** Of many who come with the same one at once, exactly one gets true. */
export async function takeRegistration(trx: Transaction<Database>, id: string): Promise<boolean> {
  const taken = await trx.deleteFrom("registration").where("id", "=", id).executeTakeFirst();
  return taken.numDeletedRows > 0n;
}

export async function deleteRegistrationsExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("registration").where("expires_at", "<=", at).execute();
}
