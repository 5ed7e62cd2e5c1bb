import { type Kysely, sql } from "kysely";

export async function createFactors(db: Kysely<unknown>): Promise<void> {
  // What was begun before belongs to no auth session: it is begun again.
  await sql`delete from totp_factor where confirmed_at is null`.execute(db);
  // A day's wrong codes, by which TOTP alone is worn out; since when they are counted.
  await sql`
    alter table totp_factor
      alter column confirmed_at set not null,
      add column wrong_codes smallint not null default 0,
      add column wrong_codes_since timestamptz`.execute(db);
  // A secret that was shown and counts for nothing yet: of the first app, or of one that shall take its place. The auth
  // session that it was shown to (its public id, kept or gone): nobody else ever confirms it.
  await sql`
    create table totp_enrolment (
      account_id uuid constraint totp_enrolment_pkey primary key
        constraint totp_enrolment_account_fkey references account,
      auth_session_id uuid not null,
      sealed_secret bytea not null,
      created_at timestamptz not null
    )`.execute(db);
  // alone: kept on the authenticator and with user verification, and so enough to sign in without a password.
  await sql`
    create table passkey (
      id uuid constraint passkey_pkey primary key,
      account_id uuid not null constraint passkey_account_fkey references account,
      credential_id bytea not null constraint passkey_credential_key unique,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null,
      alone boolean not null,
      name text not null,
      created_at timestamptz not null,
      last_used_at timestamptz
    )`.execute(db);
  await sql`create index passkey_account_idx on passkey (account_id)`.execute(db);
  // Each is answered once; without an account it is for signing in.
  await sql`
    create table webauthn_challenge (
      challenge bytea constraint webauthn_challenge_pkey primary key,
      account_id uuid constraint webauthn_challenge_account_fkey references account,
      purpose text not null constraint webauthn_challenge_purpose_check check (
        purpose in ('enrolment', 'verification', 'sign_in')),
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index webauthn_challenge_expiry_idx on webauthn_challenge (expires_at)`.execute(db);
  // Somebody who has lost every factor: three days in which the owner can say no.
  await sql`
    create table factor_reset (
      id uuid constraint factor_reset_pkey primary key,
      account_id uuid not null constraint factor_reset_account_fkey references account,
      requested_at timestamptz not null,
      ready_at timestamptz not null,
      ready_mailed_at timestamptz
    )`.execute(db);
  await sql`create unique index factor_reset_one_an_account on factor_reset (account_id)`.execute(db);
  await sql`create index factor_reset_ready_idx on factor_reset (ready_at) where ready_mailed_at is null`.execute(db);
}
