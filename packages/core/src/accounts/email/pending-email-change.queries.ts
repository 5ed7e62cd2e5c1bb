import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

type PendingChange = {
  newEmail: string;
  oldConfirmedAt: Date | null;
  newConfirmedAt: Date | null;
  expiresAt: Date;
};

export async function findPendingEmailChange(
  db: Kysely<Database>,
  accountId: string,
  now: Date,
): Promise<PendingChange | undefined> {
  return db
    .selectFrom("email_change")
    .select([
      "new_email as newEmail",
      "old_confirmed_at as oldConfirmedAt",
      "new_confirmed_at as newConfirmedAt",
      "expires_at as expiresAt",
    ])
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}
