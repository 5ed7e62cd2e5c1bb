import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";

/** Every second factor, and what was under way to get or to lose one. */
export async function deleteFactorsOf(trx: Transaction<Database>, accountId: string): Promise<void> {
  for (const table of ["totp_factor", "recovery_code", "passkey", "webauthn_challenge", "factor_reset"] as const) {
    await trx.deleteFrom(table).where("account_id", "=", accountId).execute();
  }
}
