import type { AccountView, Audience, UsableFactors } from "@tessera/contracts";
import { type Database, prepared } from "@tessera/db";
import { type Kysely, sql } from "kysely";
import { gathered } from "../../gathered.ts";

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

/** What its owner sees of an auth session. */
export type AuthSessionInUse = Pick<
  AuthSessionRow,
  "id" | "audience" | "userAgent" | "createdAt" | "lastUsedAt" | "expiresAt"
>;

/** Those of every app that are signed in with both factors, the one used last first. */
export async function listAuthSessionsInUse(
  db: Kysely<Database>,
  accountId: string,
  now: Date,
): Promise<AuthSessionInUse[]> {
  return db
    .selectFrom("auth_session")
    .select([
      "id",
      "audience",
      "user_agent as userAgent",
      "created_at as createdAt",
      "last_used_at as lastUsedAt",
      "expires_at as expiresAt",
    ])
    .$narrowType<{ audience: Audience }>()
    .where("account_id", "=", accountId)
    .where("second_factor_at", "is not", null)
    .where("expires_at", ">", now)
    .orderBy("last_used_at", "desc")
    .orderBy("id", "desc")
    .execute();
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

/** Of a statement that is a transaction of its own: it commits without waiting for the disk. */
const unwaited = sql`, set_config('synchronous_commit', 'off', true)`;

/**
 * Inserts one for whoever has given this account's password. False if the account has been disabled or deleted or has
 * another password meanwhile: a new password ends every auth session, and waits for one that begins. Outside of a
 * transaction it does not wait for the disk: whoever is forgotten by a crash, half signed in as they are, signs in again.
 */
export function insertAuthSessionByPassword(
  db: Kysely<Database>,
  row: AuthSessionRow,
  passwordHash: string,
): Promise<boolean> {
  return insertByPassword(db, { row, passwordHash });
}

/** One statement for whoever signs in at the same moment. Accounts are locked in the order of their ids, as everywhere. */
const insertByPassword = gathered(async (db, starts: readonly { row: AuthSessionRow; passwordHash: string }[]) => {
  const column = <Name extends keyof AuthSessionRow>(name: Name) => starts.map(({ row }) => row[name]);
  const { rows } = await sql<{ id: string }>`${prepared}
      insert into auth_session
        (id, id_hash, account_id, audience, second_factor_at, user_agent, created_at, last_used_at, expires_at)
      select new.id, id_hash, account.id, audience, second_factor_at, user_agent, new.created_at, last_used_at, expires_at
      from unnest(${column("id")}::uuid[], ${column("idHash")}::bytea[], ${column("accountId")}::uuid[],
        ${starts.map((start) => start.passwordHash)}::text[], ${column("audience")}::text[],
        ${column("secondFactorAt")}::timestamptz[], ${column("userAgent")}::text[], ${column("createdAt")}::timestamptz[],
        ${column("lastUsedAt")}::timestamptz[], ${column("expiresAt")}::timestamptz[])
        as new (id, id_hash, account_id, password_hash, audience,
          second_factor_at, user_agent, created_at, last_used_at, expires_at)
      join account on account.id = new.account_id and account.password_hash = new.password_hash
        ${db.isTransaction ? sql`` : unwaited}
      where disabled_at is null and deleted_at is null
      order by account.id
      for share of account
      returning id`.execute(db);
  const inserted = new Set(rows.map(({ id }) => id));
  return starts.map(({ row }) => inserted.has(row.id));
});

/**
 * Gives an auth session another token. It stays the same row, so that whoever ends it at this moment finds it under
 * either token. False if it has ended, or changed its token, already.
 */
export async function replaceToken(db: Kysely<Database>, oldIdHash: Buffer, row: AuthSessionRow): Promise<boolean> {
  const result = await db
    .updateTable("auth_session")
    .set({
      id_hash: row.idHash,
      second_factor_at: row.secondFactorAt,
      last_used_at: row.lastUsedAt,
      expires_at: row.expiresAt,
    })
    .where("id_hash", "=", oldIdHash)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function extendAuthSession(db: Kysely<Database>, idHash: Buffer, expiresAt: Date): Promise<void> {
  await db
    .updateTable("auth_session")
    .set({ expires_at: expiresAt })
    .where("id_hash", "=", idHash)
    .where("expires_at", "<", expiresAt)
    .execute();
}

/** Of many requests at once, one writes. */
export async function noteUse(
  db: Kysely<Database>,
  idHash: Buffer,
  { now, unnotedSince }: { now: Date; unnotedSince: Date },
): Promise<void> {
  await db
    .updateTable("auth_session")
    .set({ last_used_at: now })
    .where("id_hash", "=", idHash)
    .where("last_used_at", "<=", unnotedSince)
    .execute();
}

export async function deleteAuthSessionByToken(db: Kysely<Database>, idHash: Buffer): Promise<void> {
  await db.deleteFrom("auth_session").where("id_hash", "=", idHash).execute();
}

/** Ends one of an account's own. Gives the app it was for, or nothing if there is none. */
export async function deleteAuthSession(
  db: Kysely<Database>,
  session: { id: string; accountId: string },
): Promise<{ audience: Audience } | undefined> {
  return db
    .deleteFrom("auth_session")
    .where("id", "=", session.id)
    .where("account_id", "=", session.accountId)
    .returning("audience")
    .$narrowType<{ audience: Audience }>()
    .executeTakeFirst();
}

/**
 * Ends all of an account, in every app, but the one with the id `except`, with the TOTP secrets that they were shown and
 * have not confirmed. Gives how many there were.
 */
export async function deleteAuthSessionsOf(
  db: Kysely<Database>,
  accountId: string,
  { except = null }: { except?: string | null } = {},
): Promise<number> {
  // Secrets first, as where one is confirmed: or each would wait for the other.
  await db
    .deleteFrom("totp_enrolment")
    .where("account_id", "=", accountId)
    .where("auth_session_id", "is distinct from", except)
    .execute();
  const ended = await db
    .deleteFrom("auth_session")
    .where("account_id", "=", accountId)
    .where("id", "is distinct from", except)
    .executeTakeFirst();
  return Number(ended.numDeletedRows);
}

export async function deleteAuthSessionsExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("auth_session").where("expires_at", "<=", at).execute();
}
