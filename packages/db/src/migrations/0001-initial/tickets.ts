import { type Kysely, sql } from "kysely";

export async function createTickets(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ticket (
      competition_session_id uuid not null
        constraint ticket_competition_session_fkey references competition_session,
      id uuid not null,
      reference text not null constraint ticket_reference_key unique,
      order_id uuid not null constraint ticket_order_fkey references "order",
      order_line_id uuid not null constraint ticket_order_line_fkey references order_line,
      offer_id uuid not null constraint ticket_offer_fkey references offer,
      category text not null constraint ticket_category_check check (category in ('A', 'B', 'C', 'D', 'E')),
      zone smallint not null,
      price_cents integer not null constraint ticket_price_check check (price_cents >= 0),
      holder_account_id uuid not null constraint ticket_holder_fkey references account,
      holder_name text not null,
      state text not null constraint ticket_state_check check (state in ('issued', 'admitted', 'cancelled')),
      epoch integer not null default 0 constraint ticket_epoch_check check (epoch between 0 and 65535),
      created_at timestamptz not null,
      constraint ticket_pkey primary key (competition_session_id, id)
    )`.execute(db);
  await sql`create index ticket_id_idx on ticket (id)`.execute(db);
  await sql`create index ticket_holder_idx on ticket (holder_account_id)`.execute(db);
  await sql`create index ticket_order_idx on ticket (order_id)`.execute(db);
  await sql`
    create table ticket_event (
      competition_session_id uuid not null,
      ticket_id uuid not null,
      id uuid not null,
      kind text not null constraint ticket_event_kind_check check (
        kind in ('issued', 'activated', 'moved', 'admitted', 'cancelled')),
      epoch integer not null,
      at timestamptz not null,
      constraint ticket_event_pkey primary key (competition_session_id, ticket_id, id),
      constraint ticket_event_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket
    )`.execute(db);
  // One row for each epoch. Epoch 0 has the purchase key and no pass: the ticket was never activated.
  await sql`
    create table ticket_epoch (
      competition_session_id uuid not null,
      ticket_id uuid not null,
      epoch integer not null,
      holder_account_id uuid not null constraint ticket_epoch_holder_fkey references account,
      sealed_purchase_key bytea not null,
      issuer_key_id smallint,
      device_public_key bytea,
      flags smallint,
      valid_from timestamptz,
      valid_until timestamptz,
      pass_sha256 bytea,
      created_at timestamptz not null,
      constraint ticket_epoch_pkey primary key (competition_session_id, ticket_id, epoch),
      constraint ticket_epoch_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket,
      constraint ticket_epoch_pass_check check (
        (pass_sha256 is null) = (issuer_key_id is null)
        and (pass_sha256 is null) = (flags is null)
        and (pass_sha256 is null) = (valid_from is null)
        and (pass_sha256 is null) = (valid_until is null))
    )`.execute(db);
  await sql`
    create table activation_challenge (
      challenge bytea constraint activation_challenge_pkey primary key,
      ticket_id uuid not null,
      account_id uuid not null constraint activation_challenge_account_fkey references account,
      expected_epoch integer not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index activation_challenge_expiry_idx on activation_challenge (expires_at)`.execute(db);
}
