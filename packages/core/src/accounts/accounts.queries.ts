import type { AccountView, Locale, Role } from "@tessera/contracts";
import { constraintOf, type Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { CodedError } from "../errors.ts";
import type { AccountRow } from "./account.ts";

const viewColumns = ["id", "email", "display_name as displayName", "locale", "role"] as const;

/** Throws `email_taken`. */
export async function insertAccount(db: Kysely<Database>, account: AccountRow): Promise<AccountView> {
  try {
    return await db
      .insertInto("account")
      .values({
        id: account.id,
        email: account.email,
        display_name: account.displayName,
        locale: account.locale,
        role: account.role,
        password_hash: account.passwordHash,
        sealed_account_key: account.sealedAccountKey,
        created_at: account.createdAt,
      })
      .returning(viewColumns)
      .$narrowType<{ locale: Locale; role: Role }>()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (constraintOf(error)?.constraint === "account_email_key") throw new CodedError("email_taken");
    throw error;
  }
}

export async function findAccountByEmail(db: Kysely<Database>, email: string): Promise<AccountView | undefined> {
  return db
    .selectFrom("account")
    .select(viewColumns)
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("email", "=", email)
    .executeTakeFirst();
}

/** Without a password hash somebody signs in by passkey alone. */
export type Credentials = { accountId: string; role: Role; passwordHash: string | null; disabledAt: Date | null };

export async function findCredentials(db: Kysely<Database>, email: string): Promise<Credentials | undefined> {
  return db
    .selectFrom("account")
    .select(["id as accountId", "role", "password_hash as passwordHash", "disabled_at as disabledAt"])
    .$narrowType<{ role: Role }>()
    .where("email", "=", email)
    .executeTakeFirst();
}
