import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { Factors } from "./factors.ts";

/**
 * Holds the account's row until the transaction ends, so that its factors change one at a time, and then reads them by a
 * statement of its own: it sees what was written while this one waited.
 */
export async function lockFactors(
  trx: Transaction<Database>,
  accountId: string,
): Promise<Factors & { hasRecoveryCodes: boolean }> {
  await trx.selectFrom("account").select("id").where("id", "=", accountId).forNoKeyUpdate().execute();
  const account = await trx
    .selectFrom("account")
    .leftJoin("totp_factor", "totp_factor.account_id", "account.id")
    .select((eb) => [
      eb("password_hash", "is not", null).as("hasPassword"),
      eb("totp_factor.confirmed_at", "is not", null).as("totp"),
      eb
        .exists(
          eb.selectFrom("recovery_code").select("code_hash").whereRef("recovery_code.account_id", "=", "account.id"),
        )
        .as("hasRecoveryCodes"),
    ])
    .$narrowType<{ hasPassword: boolean; totp: boolean; hasRecoveryCodes: boolean }>()
    .where("account.id", "=", accountId)
    .executeTakeFirstOrThrow();
  const passkeys = await trx
    .selectFrom("passkey")
    .select(["id", "alone"])
    .where("account_id", "=", accountId)
    .execute();
  return { ...account, passkeys };
}

/** Takes every second factor away, and what was under way to get or to lose one. */
export async function deleteFactorsOf(trx: Transaction<Database>, accountId: string): Promise<void> {
  const tables = [
    "totp_factor",
    "totp_enrolment",
    "recovery_code",
    "passkey",
    "webauthn_challenge",
    "factor_reset",
  ] as const;
  for (const table of tables) {
    await trx.deleteFrom(table).where("account_id", "=", accountId).execute();
  }
}
