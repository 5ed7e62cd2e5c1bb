import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

export type KeyRow = { operation: string; body_hash: Buffer; answer: unknown; claimed_at: Date | null };

/** Claims a key that nobody has; false if it is there already. */
export async function insertKey(
  db: Kysely<Database>,
  key: { accountId: string; key: string; operation: string; bodyHash: Buffer; at: Date },
): Promise<boolean> {
  const inserted = await db
    .insertInto("idempotency_key")
    .values({
      account_id: key.accountId,
      key: key.key,
      operation: key.operation,
      body_hash: key.bodyHash,
      created_at: key.at,
      claimed_at: key.at,
    })
    .onConflict((conflict) => conflict.constraint("idempotency_key_pkey").doNothing())
    .returning("key")
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function selectKey(
  db: Kysely<Database>,
  { accountId, key }: { accountId: string; key: string },
): Promise<KeyRow | undefined> {
  return db
    .selectFrom("idempotency_key")
    .select(["operation", "body_hash", "answer", "claimed_at"])
    .where("account_id", "=", accountId)
    .where("key", "=", key)
    .executeTakeFirst();
}

/** Takes over a key whose owner has not been heard of: of many who try, one gets it. */
export async function reclaimKey(
  db: Kysely<Database>,
  { accountId, key, seen, at }: { accountId: string; key: string; seen: Date; at: Date },
): Promise<boolean> {
  const result = await db
    .updateTable("idempotency_key")
    .set({ claimed_at: at })
    .where("account_id", "=", accountId)
    .where("key", "=", key)
    .where("claimed_at", "=", seen)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function storeAnswer(
  db: Kysely<Database>,
  { accountId, key, claimedAt, answer }: { accountId: string; key: string; claimedAt: Date; answer: unknown },
): Promise<void> {
  await db
    .updateTable("idempotency_key")
    .set({ answer: sql`${JSON.stringify(answer)}::json`, claimed_at: null })
    .where("account_id", "=", accountId)
    .where("key", "=", key)
    .where("claimed_at", "=", claimedAt)
    .execute();
}

/** Ends a key whose wish was refused: it may be tried again. */
export async function deleteClaim(
  db: Kysely<Database>,
  { accountId, key, claimedAt }: { accountId: string; key: string; claimedAt: Date },
): Promise<void> {
  await db
    .deleteFrom("idempotency_key")
    .where("account_id", "=", accountId)
    .where("key", "=", key)
    .where("claimed_at", "=", claimedAt)
    .execute();
}

/** Leaves a wish to whoever comes next with it, at once. */
export async function abandonClaim(
  db: Kysely<Database>,
  { accountId, key, claimedAt }: { accountId: string; key: string; claimedAt: Date },
): Promise<void> {
  await db
    .updateTable("idempotency_key")
    .set({ claimed_at: new Date(0) })
    .where("account_id", "=", accountId)
    .where("key", "=", key)
    .where("claimed_at", "=", claimedAt)
    .execute();
}

/** Deletes keys from before a moment, the oldest first; gives how many. */
export async function deleteKeysBefore(db: Kysely<Database>, moment: Date, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from idempotency_key where (account_id, key) in (
      select account_id, key from idempotency_key where created_at < ${moment}
      order by created_at limit ${limit} for update skip locked)`.execute(db);
  return Number(numAffectedRows);
}
