import type { Audience, Locale, Role } from "@tessera/contracts";
import { prepared } from "@tessera/db";
import { sql } from "kysely";
import { gathered } from "../../gathered.ts";
import type { AuthSessionWithAccount } from "./auth-sessions.queries.ts";

/** What an auth session is found by. */
export type AuthSessionKey = { idHash: Buffer; audience: Audience };

type Row = {
  place: number;
  session_id: string;
  second_factor_at: Date | null;
  user_agent: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  account_id: string;
  email: string;
  display_name: string;
  locale: Locale;
  role: Role;
  has_password: boolean;
  has_totp: boolean;
  has_passkey: boolean;
};

/**
 * An auth session with its account; none of an account that was disabled or deleted. Those of one moment are looked up
 * together, and nothing is kept: one that has ended is unknown at once.
 */
export const findAuthSession = gathered(async (db, keys: readonly AuthSessionKey[]) => {
  const idHashes = keys.map(({ idHash }) => idHash);
  const audiences = keys.map(({ audience }) => audience);
  const { rows } = await sql<Row>`${prepared}
    select wanted.place::int, auth_session.id as session_id, auth_session.second_factor_at, auth_session.user_agent,
      auth_session.created_at, auth_session.last_used_at, auth_session.expires_at, account.id as account_id,
      account.email, account.display_name, account.locale, account.role,
      account.password_hash is not null as has_password, totp_factor.confirmed_at is not null as has_totp,
      exists (select from passkey where passkey.account_id = account.id) as has_passkey
    from unnest(${idHashes}::bytea[], ${audiences}::text[]) with ordinality as wanted (id_hash, audience, place)
    join auth_session on auth_session.id_hash = wanted.id_hash and auth_session.audience = wanted.audience
    join account on account.id = auth_session.account_id
    left join totp_factor on totp_factor.account_id = account.id
    where account.disabled_at is null and account.deleted_at is null`.execute(db);
  const byPlace = new Map(rows.map((row) => [row.place - 1, row]));
  return keys.map((key, place): AuthSessionWithAccount | undefined => {
    const row = byPlace.get(place);
    return row && toAuthSession(row, key);
  });
});

function toAuthSession(row: Row, { idHash, audience }: AuthSessionKey): AuthSessionWithAccount {
  return {
    id: row.session_id,
    idHash,
    accountId: row.account_id,
    audience,
    secondFactorAt: row.second_factor_at,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    account: {
      id: row.account_id,
      email: row.email,
      displayName: row.display_name,
      locale: row.locale,
      role: row.role,
    },
    hasPassword: row.has_password,
    factors: { totp: row.has_totp, passkey: row.has_passkey },
  };
}
