import type { AccountView, Audience, Locale, Role } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

export type AuthSessionRow = {
  idHash: Buffer;
  accountId: string;
  audience: Audience;
  secondFactorAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
};

/** An auth session with its account. `enrolled`: whether the account has a confirmed second factor. */
export type AuthSessionWithAccount = AuthSessionRow & { account: AccountView; enrolled: boolean };

export async function findAuthSession(
  db: Kysely<Database>,
  idHash: Buffer,
  audience: Audience,
): Promise<AuthSessionWithAccount | undefined> {
  const row = await db
    .selectFrom("auth_session")
    .innerJoin("account", "account.id", "auth_session.account_id")
    .leftJoin("totp_factor", "totp_factor.account_id", "account.id")
    .select([
      "auth_session.second_factor_at",
      "auth_session.created_at",
      "auth_session.expires_at",
      "account.id",
      "account.email",
      "account.display_name",
      "account.locale",
      "account.role",
      "totp_factor.confirmed_at",
    ])
    .$narrowType<{ locale: Locale; role: Role }>()
    .where("auth_session.id_hash", "=", idHash)
    .where("auth_session.audience", "=", audience)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    idHash,
    accountId: row.id,
    audience,
    secondFactorAt: row.second_factor_at,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    account: { id: row.id, email: row.email, displayName: row.display_name, locale: row.locale, role: row.role },
    enrolled: row.confirmed_at !== null,
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
      "id_hash as idHash",
      "second_factor_at as secondFactorAt",
      "created_at as createdAt",
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
      id_hash: row.idHash,
      account_id: row.accountId,
      audience: row.audience,
      second_factor_at: row.secondFactorAt,
      created_at: row.createdAt,
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

export async function deleteAuthSessionsOf(db: Kysely<Database>, accountId: string, audience: Audience): Promise<void> {
  await db.deleteFrom("auth_session").where("account_id", "=", accountId).where("audience", "=", audience).execute();
}

export async function deleteAuthSessionsExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("auth_session").where("expires_at", "<=", at).execute();
}
