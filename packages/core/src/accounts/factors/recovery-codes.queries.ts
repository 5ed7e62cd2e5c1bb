import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

export async function insertRecoveryCodes(
  db: Transaction<Database>,
  accountId: string,
  codeHashes: readonly Buffer[],
): Promise<void> {
  await db
    .insertInto("recovery_code")
    .values(codeHashes.map((code_hash) => ({ account_id: accountId, code_hash })))
    .execute();
}

/** Burns a recovery code. Of many who bring the same one at once, exactly one gets `burnt`. */
export async function burnRecoveryCode(
  db: Transaction<Database>,
  code: { accountId: string; codeHash: Buffer; usedAt: Date },
): Promise<"burnt" | "used_before" | "unknown"> {
  const burnt = await db
    .updateTable("recovery_code")
    .set({ used_at: code.usedAt })
    .where("account_id", "=", code.accountId)
    .where("code_hash", "=", code.codeHash)
    .where("used_at", "is", null)
    .returning("account_id")
    .executeTakeFirst();
  if (burnt) return "burnt";
  const known = await db
    .selectFrom("recovery_code")
    .select("account_id")
    .where("account_id", "=", code.accountId)
    .where("code_hash", "=", code.codeHash)
    .executeTakeFirst();
  return known ? "used_before" : "unknown";
}

export async function countRecoveryCodesLeft(db: Kysely<Database>, accountId: string): Promise<number> {
  const { left } = await db
    .selectFrom("recovery_code")
    .select((eb) => eb.fn.countAll<number>().as("left"))
    .where("account_id", "=", accountId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return left;
}

export async function deleteRecoveryCodes(trx: Transaction<Database>, accountId: string): Promise<void> {
  await trx.deleteFrom("recovery_code").where("account_id", "=", accountId).execute();
}
