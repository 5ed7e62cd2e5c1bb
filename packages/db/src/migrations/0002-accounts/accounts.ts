import { type Kysely, sql } from "kysely";

export async function extendAccounts(db: Kysely<unknown>): Promise<void> {
  // Without a password: somebody who signs in by passkey alone, or whose account was deleted.
  await sql`
    alter table account
      alter column password_hash drop not null,
      add column disabled_at timestamptz,
      add column deleted_at timestamptz,
      add column hand_over_frozen_until timestamptz,
      add column factors_reset_at timestamptz,
      add column role_since timestamptz not null default now()`.execute(db);
  // When the mailbox alone was enough for another password, and when it became another one.
  await sql`
    alter table account
      add column password_reset_at timestamptz,
      add column email_changed_at timestamptz`.execute(db);
  // The application may not write account keys. Deleting an account destroys its key all the same: what it sealed is
  // then closed for ever.
  await sql`
    create function erase_account_key() returns trigger language plpgsql as $$
    begin
      new.sealed_account_key := '';
      return new;
    end $$`.execute(db);
  await sql`
    create trigger account_erase_key before update of deleted_at on account
    for each row when (new.deleted_at is not null)
    execute function erase_account_key()`.execute(db);

  // Money that arrives for somebody who is gone goes back.
  await sql`alter table refund drop constraint refund_reason_check`.execute(db);
  await sql`
    alter table refund
      add constraint refund_reason_check check (
        reason in ('no_seats_left', 'limit_reached', 'not_on_sale', 'paid_twice', 'account_deleted'))`.execute(db);

  // What its owner sees of it, and ends it by: the hash stays inside.
  await sql`
    alter table auth_session
      add column id uuid not null default gen_random_uuid() constraint auth_session_id_key unique,
      add column user_agent text not null default '',
      add column last_used_at timestamptz not null default now()`.execute(db);
  await sql`
    alter table auth_session
      alter column id drop default,
      alter column user_agent drop default,
      alter column last_used_at drop default`.execute(db);

  // An address that somebody wants to register, and the code that was sent to it. No account yet.
  await sql`
    create table registration (
      id uuid constraint registration_pkey primary key,
      email text not null,
      code_hash bytea not null,
      wrong_codes smallint not null default 0,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index registration_expiry_idx on registration (expires_at)`.execute(db);

  // Links in mails: 256 random bits, of which only the hash is kept. Used once.
  await sql`
    create table mail_token (
      token_hash bytea constraint mail_token_pkey primary key,
      kind text not null constraint mail_token_kind_check check (kind in (
        'password_reset', 'email_change_old', 'email_change_new', 'invitation', 'factor_reset', 'factor_reset_cancel')),
      account_id uuid constraint mail_token_account_fkey references account,
      subject_id uuid,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index mail_token_account_idx on mail_token (account_id)`.execute(db);
  await sql`create index mail_token_expiry_idx on mail_token (expires_at)`.execute(db);

  await sql`
    create table email_change (
      id uuid constraint email_change_pkey primary key,
      account_id uuid not null constraint email_change_account_fkey references account,
      new_email text not null,
      old_confirmed_at timestamptz,
      new_confirmed_at timestamptz,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create unique index email_change_one_an_account on email_change (account_id)`.execute(db);
}
