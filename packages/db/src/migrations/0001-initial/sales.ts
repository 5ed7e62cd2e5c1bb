import { type Kysely, sql } from "kysely";

export async function createSales(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table "order" (
      id uuid constraint order_pkey primary key,
      reference text not null constraint order_reference_key unique,
      account_id uuid not null constraint order_account_fkey references account,
      state text not null constraint order_state_check check (
        state in ('held', 'awaiting_payment', 'paid', 'partly_refunded', 'refunded', 'expired', 'cancelled')),
      total_cents integer not null constraint order_total_check check (total_cents >= 0),
      hold_expires_at timestamptz not null,
      created_at timestamptz not null,
      paid_at timestamptz
    )`.execute(db);
  await sql`create index order_account_idx on "order" (account_id, created_at desc)`.execute(db);
  await sql`
    create index order_expiry_idx on "order" (hold_expires_at)
    where state in ('held', 'awaiting_payment')`.execute(db);
  await sql`
    create table order_line (
      id uuid constraint order_line_pkey primary key,
      order_id uuid not null constraint order_line_order_fkey references "order",
      offer_id uuid not null constraint order_line_offer_fkey references offer,
      quantity smallint not null constraint order_line_quantity_check check (quantity > 0),
      unit_price_cents integer not null constraint order_line_price_check check (unit_price_cents >= 0),
      constraint order_line_offer_key unique (order_id, offer_id)
    )`.execute(db);
  await sql`create index order_line_offer_idx on order_line (offer_id)`.execute(db);
  await sql`
    create table order_event (
      order_id uuid not null constraint order_event_order_fkey references "order",
      id uuid not null,
      state text not null,
      at timestamptz not null,
      constraint order_event_pkey primary key (order_id, id)
    )`.execute(db);
  await sql`
    create table hold (
      competition_session_id uuid not null
        constraint hold_competition_session_fkey references competition_session,
      id uuid not null,
      order_id uuid not null constraint hold_order_fkey references "order",
      account_id uuid not null constraint hold_account_fkey references account,
      seat_pool_id uuid not null constraint hold_seat_pool_fkey references seat_pool,
      seats smallint not null constraint hold_seats_check check (seats > 0),
      state text not null constraint hold_state_check check (state in ('held', 'issued', 'released')),
      constraint hold_pkey primary key (competition_session_id, id)
    )`.execute(db);
  await sql`create index hold_order_idx on hold (order_id)`.execute(db);
  await sql`create index hold_account_idx on hold (account_id) where state <> 'released'`.execute(db);
  await sql`
    create table payment (
      id uuid constraint payment_pkey primary key,
      order_id uuid not null constraint payment_order_fkey references "order",
      idempotency_key uuid not null,
      provider text not null constraint payment_provider_check check (provider in ('demo', 'stripe')),
      state text not null constraint payment_state_check check (
        state in ('pending', 'succeeded', 'refused', 'abandoned', 'refunded')),
      amount_cents integer not null constraint payment_amount_check check (amount_cents >= 0),
      created_at timestamptz not null,
      settled_at timestamptz,
      constraint payment_idempotency_key unique (order_id, idempotency_key)
    )`.execute(db);
  await sql`create unique index payment_one_pending on payment (order_id) where state = 'pending'`.execute(db);
  await sql`
    create table payment_event (
      provider text not null,
      id text not null,
      payment_id uuid not null constraint payment_event_payment_fkey references payment,
      kind text not null constraint payment_event_kind_check check (kind in ('succeeded', 'refused', 'abandoned')),
      received_at timestamptz not null,
      constraint payment_event_pkey primary key (provider, id)
    )`.execute(db);
  await sql`
    create table refund (
      id uuid constraint refund_pkey primary key,
      payment_id uuid not null constraint refund_payment_fkey references payment,
      amount_cents integer not null constraint refund_amount_check check (amount_cents > 0),
      reason text not null constraint refund_reason_check check (
        reason in ('no_seats_left', 'limit_reached', 'not_on_sale', 'paid_twice')),
      state text not null constraint refund_state_check check (state in ('requested', 'succeeded', 'failed')),
      created_at timestamptz not null,
      attempted_at timestamptz,
      settled_at timestamptz,
      constraint refund_payment_key unique (payment_id)
    )`.execute(db);
  // Immutable: corrections are new rows. What accounting adds up.
  await sql`
    create table ledger_entry (
      id uuid constraint ledger_entry_pkey primary key,
      posted_at timestamptz not null,
      order_id uuid not null constraint ledger_entry_order_fkey references "order",
      payment_id uuid not null constraint ledger_entry_payment_fkey references payment,
      offer_id uuid not null constraint ledger_entry_offer_fkey references offer,
      competition_session_id uuid not null
        constraint ledger_entry_competition_session_fkey references competition_session,
      kind text not null constraint ledger_entry_kind_check check (kind in ('sale', 'refund')),
      tickets integer not null,
      amount_cents integer not null
    )`.execute(db);
  await sql`create index ledger_entry_order_idx on ledger_entry (order_id)`.execute(db);
  await sql`
    create table sales_delta (
      id bigint generated always as identity constraint sales_delta_pkey primary key,
      offer_id uuid not null,
      competition_session_id uuid not null,
      day date not null,
      tickets integer not null,
      amount_cents bigint not null
    )`.execute(db);
  await sql`
    create table sales_sum (
      offer_id uuid not null,
      competition_session_id uuid not null,
      day date not null,
      tickets bigint not null,
      amount_cents bigint not null,
      constraint sales_sum_pkey primary key (offer_id, competition_session_id, day)
    )`.execute(db);
  // The answer to a wish that was granted; a refusal ends its key, so that it may be tried again.
  await sql`
    create table idempotency_key (
      account_id uuid not null constraint idempotency_key_account_fkey references account,
      key uuid not null,
      body_hash bytea not null,
      order_id uuid not null,
      created_at timestamptz not null,
      constraint idempotency_key_pkey primary key (account_id, key)
    )`.execute(db);
}
