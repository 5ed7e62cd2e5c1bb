import { type Kysely, sql } from "kysely";

export async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account (
      id uuid constraint account_pkey primary key,
      email text not null constraint account_email_key unique,
      display_name text not null,
      locale text not null constraint account_locale_check check (locale in ('fr', 'en')),
      role text not null constraint account_role_check check (role in ('visitor', 'staff', 'supervisor', 'admin')),
      password_hash text not null,
      sealed_account_key bytea not null,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create table totp_factor (
      account_id uuid constraint totp_factor_pkey primary key
        constraint totp_factor_account_fkey references account,
      sealed_secret bytea not null,
      confirmed_at timestamptz,
      last_step bigint not null default 0,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create table recovery_code (
      account_id uuid not null constraint recovery_code_account_fkey references account,
      code_hash bytea not null,
      used_at timestamptz,
      constraint recovery_code_pkey primary key (account_id, code_hash)
    )`.execute(db);
  await sql`
    create table auth_session (
      id_hash bytea constraint auth_session_pkey primary key,
      account_id uuid not null constraint auth_session_account_fkey references account,
      audience text not null constraint auth_session_audience_check check (audience in ('shop', 'admin', 'scanner')),
      second_factor_at timestamptz,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index auth_session_account_idx on auth_session (account_id)`.execute(db);
  await sql`create index auth_session_expiry_idx on auth_session (expires_at)`.execute(db);
  // Secrets of the organiser, each sealed under the KEK of its kind; public halves in the clear.
  await sql`
    create table organiser_key (
      kind text not null constraint organiser_key_kind_check check (kind in ('issuer', 'list', 'token')),
      id smallint not null constraint organiser_key_id_check check (id between 1 and 255),
      public_key bytea,
      sealed_secret bytea not null,
      state text not null
        constraint organiser_key_state_check check (state in ('active', 'retired', 'compromised')),
      created_at timestamptz not null,
      constraint organiser_key_pkey primary key (kind, id)
    )`.execute(db);
  await sql`
    create unique index organiser_key_one_active on organiser_key (kind) where state = 'active'`.execute(db);
}
