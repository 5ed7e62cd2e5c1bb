import type { AccountView, Locale, Role, UsableFactors } from "@tessera/contracts";
import { constraintOf, type Database, prepared } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { CodedError } from "../errors.ts";
import { gathered } from "../gathered.ts";
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
        role_since: account.roleSince,
        password_hash: account.passwordHash,
        sealed_account_key: account.sealedAccountKey,
        created_at: account.createdAt,
      })
      .returning(viewColumns)
      .$narrowType<{ locale: Locale; role: Role }>()
      .executeTakeFirstOrThrow();
  } catch (error) {
    throw asEmailTaken(error);
  }
}

function asEmailTaken(error: unknown): unknown {
  return constraintOf(error)?.constraint === "account_email_key" ? new CodedError("email_taken") : error;
}

export async function findAccountByEmail(db: Kysely<Database>, email: string): Promise<AccountView | undefined> {
  return db
    .selectFrom("account")
    .select(viewColumns)
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("email", "=", email)
    .executeTakeFirst();
}

type Recipient = AccountView & { disabledAt: Date | null };

const selectRecipient = (db: Kysely<Database>, email: string) =>
  db
    .selectFrom("account")
    .select([...viewColumns, "disabled_at as disabledAt"])
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("email", "=", email);

/** Whom a mail to this address would reach. */
export async function findRecipient(db: Kysely<Database>, email: string): Promise<Recipient | undefined> {
  return selectRecipient(db, email).executeTakeFirst();
}

/** The same, and nobody changes the address, or shuts the account, until the transaction ends. */
export async function lockRecipient(trx: Transaction<Database>, email: string): Promise<Recipient | undefined> {
  return selectRecipient(trx, email).forNoKeyUpdate().executeTakeFirst();
}

/** An account that was neither disabled nor deleted, with what its password is checked against. */
export type LiveAccount = AccountView & { passwordHash: string | null };

const selectLive = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom("account")
    .select([...viewColumns, "password_hash as passwordHash"])
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("id", "=", accountId)
    .where("disabled_at", "is", null)
    .where("deleted_at", "is", null);

export async function findLiveAccount(db: Kysely<Database>, accountId: string): Promise<LiveAccount | undefined> {
  return selectLive(db, accountId).executeTakeFirst();
}

/** Locks it until the transaction ends: the first lock of everything that changes what somebody signs in with. */
export async function lockLiveAccount(trx: Transaction<Database>, accountId: string): Promise<LiveAccount | undefined> {
  return selectLive(trx, accountId).forNoKeyUpdate().executeTakeFirst();
}

export async function updateLocale(
  trx: Transaction<Database>,
  { accountId, locale }: { accountId: string; locale: Locale },
): Promise<AccountView> {
  return trx
    .updateTable("account")
    .set({ locale })
    .where("id", "=", accountId)
    .returning(viewColumns)
    .$narrowType<{ locale: Locale; role: Role }>()
    .executeTakeFirstOrThrow();
}

export async function updatePasswordHash(
  trx: Transaction<Database>,
  { accountId, passwordHash }: { accountId: string; passwordHash: string },
): Promise<void> {
  await trx.updateTable("account").set({ password_hash: passwordHash }).where("id", "=", accountId).execute();
}

/** Puts one hash in the place of another of the same password; not where the password has been changed meanwhile. */
export async function replacePasswordHash(
  db: Kysely<Database>,
  { accountId, from, to }: { accountId: string; from: string; to: string },
): Promise<void> {
  await db
    .updateTable("account")
    .set({ password_hash: to })
    .where("id", "=", accountId)
    .where("password_hash", "=", from)
    .execute();
}

/** Notes that a mail alone was enough for another password: for a while it is not enough for more. */
export async function notePasswordReset(trx: Transaction<Database>, accountId: string, at: Date): Promise<void> {
  await trx.updateTable("account").set({ password_reset_at: at }).where("id", "=", accountId).execute();
}

/** Throws `email_taken`. */
export async function updateEmail(
  trx: Transaction<Database>,
  { accountId, email, at }: { accountId: string; email: string; at: Date },
): Promise<void> {
  try {
    await trx.updateTable("account").set({ email, email_changed_at: at }).where("id", "=", accountId).execute();
  } catch (error) {
    throw asEmailTaken(error);
  }
}

/** Whether money that comes late would be for nobody. */
export async function isDeleted(db: Kysely<Database>, accountId: string): Promise<boolean> {
  const deleted = await db
    .selectFrom("account")
    .select("id")
    .where("id", "=", accountId)
    .where("deleted_at", "is not", null)
    .executeTakeFirst();
  return deleted !== undefined;
}

/** What somebody signs in with. Without a password hash it is a passkey alone. */
export type Credentials = {
  account: AccountView;
  passwordHash: string | null;
  disabledAt: Date | null;
  factors: UsableFactors;
};

type CredentialsRow = {
  id: string;
  email: string;
  display_name: string;
  locale: Locale;
  role: Role;
  password_hash: string | null;
  disabled_at: Date | null;
  has_totp: boolean;
  has_passkey: boolean;
};

/** Not by kysely's builder, which takes longer to put the words together than PostgreSQL to answer: a crowd signs in. */
export const findCredentials = gathered(async (db, emails: readonly string[]) => {
  const { rows } = await sql<CredentialsRow>`${prepared}
    select id, email, display_name, locale, role, password_hash, disabled_at,
      exists (select from totp_factor where account_id = account.id) as has_totp,
      exists (select from passkey where account_id = account.id) as has_passkey
    from account
    where email = any(${emails}::text[])`.execute(db);
  const found = new Map(rows.map((row) => [row.email, credentialsOf(row)]));
  return emails.map((email) => found.get(email));
});

function credentialsOf(row: CredentialsRow): Credentials {
  return {
    account: { id: row.id, email: row.email, displayName: row.display_name, locale: row.locale, role: row.role },
    passwordHash: row.password_hash,
    disabledAt: row.disabled_at,
    factors: { totp: row.has_totp, passkey: row.has_passkey },
  };
}
