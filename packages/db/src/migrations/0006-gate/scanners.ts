import { type Kysely, sql } from "kysely";

/** Enrolled tablets, and the shifts of those who work with them. */
export async function createScanners(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table scanner (
      id uuid constraint scanner_pkey primary key,
      name text not null,
      gate_id uuid not null constraint scanner_gate_fkey references gate,
      state text not null constraint scanner_state_check check (
        state in ('invited', 'claimed', 'enrolled', 'refused', 'revoked')),
      code_hash bytea not null constraint scanner_code_hash_key unique,
      code_expires_at timestamptz not null,
      public_key bytea constraint scanner_public_key_check check (octet_length(public_key) = 32),
      comparison text,
      invited_by uuid not null constraint scanner_invited_by_fkey references account,
      invited_at timestamptz not null,
      claimed_at timestamptz,
      enrolled_by uuid constraint scanner_enrolled_by_fkey references account,
      enrolled_at timestamptz,
      revoked_by uuid constraint scanner_revoked_by_fkey references account,
      revoked_at timestamptz,
      last_contact_at timestamptz,
      list_made_at timestamptz,
      queued integer,
      battery real,
      charging boolean,
      app_version text,
      clock_offset_ms bigint,
      constraint scanner_claimed_check check ((claimed_at is null) = (public_key is null)),
      constraint scanner_enrolled_check check (state <> 'enrolled' or (enrolled_at is not null and public_key is not null)),
      constraint scanner_revoked_check check ((state = 'revoked') = (revoked_at is not null))
    )`.execute(db);
  // A key is one tablet's for good.
  await sql`create unique index scanner_public_key_key on scanner (public_key)`.execute(db);
  await sql`
    create table scanner_competition_session (
      scanner_id uuid not null constraint scanner_competition_session_scanner_fkey references scanner,
      competition_session_id uuid not null
        constraint scanner_competition_session_session_fkey references competition_session,
      constraint scanner_competition_session_pkey primary key (scanner_id, competition_session_id)
    )`.execute(db);
  await sql`
    create index scanner_competition_session_session_idx on scanner_competition_session (competition_session_id)`.execute(
    db,
  );
  // What a tablet was for before: it may still hold what it scanned then.
  await sql`
    create table scanner_former_competition_session (
      scanner_id uuid not null constraint scanner_former_competition_session_scanner_fkey references scanner,
      competition_session_id uuid not null
        constraint scanner_former_competition_session_session_fkey references competition_session,
      constraint scanner_former_competition_session_pkey primary key (scanner_id, competition_session_id)
    )`.execute(db);
  await sql`
    create table shift (
      id uuid constraint shift_pkey primary key,
      scanner_id uuid not null constraint shift_scanner_fkey references scanner,
      account_id uuid not null constraint shift_account_fkey references account,
      role text not null constraint shift_role_check check (role in ('staff', 'supervisor', 'admin')),
      overrides smallint not null constraint shift_overrides_check check (overrides >= 0),
      began_at timestamptz not null,
      ends_at timestamptz not null,
      ended_at timestamptz
    )`.execute(db);
  await sql`create index shift_scanner_idx on shift (scanner_id)`.execute(db);
  await sql`create index shift_account_idx on shift (account_id)`.execute(db);
}
