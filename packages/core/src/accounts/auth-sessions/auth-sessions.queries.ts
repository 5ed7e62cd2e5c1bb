import type { AccountView, Audience, Locale, Role, UsableFactors } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

export type AuthSessionRow = {
  /** What its owner knows it by. */
  id: string;
  idHash: Buffer;
  accountId: string;
  audience: Audience;
  secondFactorAt: Date | null;
  /** The browser's own words about itself. */
  userAgent: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
};

/** An auth session with its account, and what that account signs in with. */
export type AuthSessionWithAccount = AuthSessionRow & {
  account: AccountView;
  hasPassword: boolean;
  factors: UsableFactors;
};

/** None of an account that was disabled or deleted. */
export async function findAuthSession(
  db: Kysely<Database>,
  idHash: Buffer,
  audience: Audience,
): Promise<AuthSessionWithAccount | undefined> {
  const row = await db
    .selectFrom("auth_session")
    .innerJoin("account", "account.id", "auth_session.account_id")
    .leftJoin("totp_factor", "totp_factor.account_id", "account.id")
    .select((eb) => [
      "auth_session.id as session_id",
      "auth_session.second_factor_at",
      "auth_session.user_agent",
      "auth_session.created_at",
      "auth_session.last_used_at",
      "auth_session.expires_at",
      eb("account.password_hash", "is not", null).as("has_password"),
      eb
        .exists(eb.selectFrom("passkey").select("passkey.id").whereRef("passkey.account_id", "=", "account.id"))
        .as("has_passkey"),
      "account.id",
      "account.email",
      "account.display_name",
      "account.locale",
      "account.role",
      "totp_factor.confirmed_at",
    ])
    .$narrowType<{ locale: Locale; role: Role; has_password: boolean; has_passkey: boolean }>()
    .where("account.disabled_at", "is", null)
    .where("account.deleted_at", "is", null)
    .where("auth_session.id_hash", "=", idHash)
    .where("auth_session.audience", "=", audience)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.session_id,
    idHash,
    accountId: row.id,
    audience,
    secondFactorAt: row.second_factor_at,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    account: { id: row.id, email: row.email, displayName: row.display_name, locale: row.locale, role: row.role },
    hasPassword: row.has_password,
    factors: { totp: row.confirmed_at !== null, passkey: row.has_passkey },
  };
}

export async function listAuthSessions(
  db: Kysely<Database>,
  accountId: string,
  audience: Audience,
): Promise<AuthSessionRow[]> {
  const rows = await db
    .selectFrom("auth_session")
    .select([
      "id",
      "id_hash as idHash",
      "second_factor_at as secondFactorAt",
      "user_agent as userAgent",
      "created_at as createdAt",
      "last_used_at as lastUsedAt",
      "expires_at as expiresAt",
    ])
    .where("account_id", "=", accountId)
    .where("audience", "=", audience)
    .execute();
  return rows.map((row) => ({ ...row, accountId, audience }));
}

export async function insertAuthSession(db: Kysely<Database>, row: AuthSessionRow): Promise<void> {
  await db
    .insertInto("auth_session")
    .values({
      id: row.id,
      id_hash: row.idHash,
      account_id: row.accountId,
      audience: row.audience,
      second_factor_at: row.secondFactorAt,
      user_agent: row.userAgent,
      created_at: row.createdAt,
      last_used_at: row.lastUsedAt,
      expires_at: row.expiresAt,
    })
    .execute();
}

export async function extendAuthSession(db: Kysely<Database>, idHash: Buffer, expiresAt: Date): Promise<void> {
  await db
    .updateTable("auth_session")
    .set({ expires_at: expiresAt })
    .where("id_hash", "=", idHash)
    .where("expires_at", "<", expiresAt)
    .execute();
}

/** False if it has ended already. */
export async function deleteAuthSession(db: Kysely<Database>, idHash: Buffer): Promise<boolean> {
  const result = await db.deleteFrom("auth_session").where("id_hash", "=", idHash).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Takes one out of the table, and tells when its second factor was shown. Undefined if it has ended already. */
export async function takeAuthSession(
  trx: Transaction<Database>,
  idHash: Buffer,
): Promise<{ secondFactorAt: Date | null } | undefined> {
  return trx
    .deleteFrom("auth_session")
    .where("id_hash", "=", idHash)
    .returning("second_factor_at as secondFactorAt")
    .executeTakeFirst();
}

/** Ends those of every app, but the one that is to stay. */
export async function deleteEveryAuthSession(
  trx: Transaction<Database>,
  { accountId, keep }: { accountId: string; keep: string | null },
): Promise<void> {
  await trx
    .deleteFrom("auth_session")
    .where("account_id", "=", accountId)
    .$if(keep !== null, (query) => query.where("id", "<>", keep))
    .execute();
}

export async function deleteAuthSessionsOf(db: Kysely<Database>, accountId: string, audience: Audience): Promise<void> {
  await db.deleteFrom("auth_session").where("account_id", "=", accountId).where("audience", "=", audience).execute();
}

/** In every app: for who lost the right to be signed in, or gets other rights. */
export async function deleteEveryAuthSessionOf(db: Kysely<Database>, accountId: string): Promise<void> {
  await db.deleteFrom("auth_session").where("account_id", "=", accountId).execute();
}

export async function deleteAuthSessionsExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("auth_session").where("expires_at", "<=", at).execute();
}
