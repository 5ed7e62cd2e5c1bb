import { type Kysely, sql } from "kysely";

/**
 * The first schema. Rules that hold for every table:
 * - ids are UUIDv7 from the application; times are timestamptz; money is integer cents;
 * - big tables begin their primary key with the competition session, so that they can be partitioned by it;
 * - every constraint has a name, since code turns violations into coded errors by name;
 * - the application role gets only the rights that it uses; what is history has neither UPDATE nor DELETE.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await accounts(db);
  await catalogue(db);
  await sales(db);
  await tickets(db);
  await gate(db);
  await rights(db);
}

async function accounts(db: Kysely<unknown>): Promise<void> {
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

async function catalogue(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table games (
      id text constraint games_pkey primary key,
      name_fr text not null,
      name_en text not null,
      catalogue_version bigint not null default 1,
      only_one boolean not null default true
        constraint games_only_one_key unique
        constraint games_only_one_check check (only_one)
    )`.execute(db);
  await sql`
    create table venue (
      id uuid constraint venue_pkey primary key,
      code text not null constraint venue_code_key unique,
      name text not null,
      city text not null,
      time_zone text not null
    )`.execute(db);
  await sql`
    create table gate (
      id uuid constraint gate_pkey primary key,
      venue_id uuid not null constraint gate_venue_fkey references venue,
      code text not null,
      name text not null,
      zones smallint[] not null,
      constraint gate_venue_code_key unique (venue_id, code)
    )`.execute(db);
  await sql`
    create table competition_session (
      id uuid constraint competition_session_pkey primary key,
      number integer not null generated always as identity
        constraint competition_session_number_key unique,
      code text not null constraint competition_session_code_key unique,
      discipline_code text not null,
      discipline text not null,
      events text not null,
      phases text not null,
      medal boolean not null,
      ceremony boolean not null,
      venue_id uuid not null constraint competition_session_venue_fkey references venue,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      state text not null
        constraint competition_session_state_check check (state in ('scheduled', 'cancelled')),
      constraint competition_session_ends_after_start check (ends_at > starts_at)
    )`.execute(db);
  await sql`create index competition_session_venue_idx on competition_session (venue_id)`.execute(db);
  await sql`
    create table seat_pool (
      id uuid constraint seat_pool_pkey primary key,
      competition_session_id uuid not null
        constraint seat_pool_competition_session_fkey references competition_session,
      category text not null constraint seat_pool_category_check check (category in ('A', 'B', 'C', 'D', 'E')),
      zone smallint not null default 1,
      capacity integer not null constraint seat_pool_capacity_check check (capacity >= 0),
      taken integer not null default 0 constraint seat_pool_taken_check check (taken >= 0),
      constraint seat_pool_category_key unique (competition_session_id, category),
      constraint seat_pool_never_oversold check (taken <= capacity)
    ) with (fillfactor = 50)`.execute(db);
  await sql`
    create table offer (
      id uuid constraint offer_pkey primary key,
      kind text not null constraint offer_kind_check check (kind in ('solo', 'duo', 'family', 'group')),
      persons smallint not null constraint offer_persons_check check (persons between 1 and 20),
      name_fr text,
      name_en text,
      price_cents integer not null constraint offer_price_check check (price_cents >= 0),
      state text not null constraint offer_state_check check (state in ('draft', 'published', 'withdrawn')),
      -- Whether the programme's import made it, and so may change its price.
      imported boolean not null default false,
      sales_open_at timestamptz,
      sales_close_at timestamptz,
      max_per_order smallint not null default 30
        constraint offer_max_per_order_check check (max_per_order between 1 and 30),
      version integer not null default 1,
      created_at timestamptz not null,
      constraint offer_window_check check (sales_open_at < sales_close_at),
      constraint offer_name_check check ((name_fr is null) = (name_en is null))
    )`.execute(db);
  // One row for an offer in one seat pool; a package over several competition sessions has several.
  await sql`
    create table offer_entry (
      offer_id uuid not null constraint offer_entry_offer_fkey references offer,
      seat_pool_id uuid not null constraint offer_entry_seat_pool_fkey references seat_pool,
      constraint offer_entry_pkey primary key (offer_id, seat_pool_id)
    )`.execute(db);
  await sql`create index offer_entry_seat_pool_idx on offer_entry (seat_pool_id)`.execute(db);
}

async function sales(db: Kysely<unknown>): Promise<void> {
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
      reason text not null constraint refund_reason_check check (reason in ('no_seats_left', 'paid_twice')),
      state text not null constraint refund_state_check check (state in ('requested', 'succeeded', 'failed')),
      created_at timestamptz not null,
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

async function tickets(db: Kysely<unknown>): Promise<void> {
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

async function gate(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table scan (
      competition_session_id uuid not null
        constraint scan_competition_session_fkey references competition_session,
      id uuid not null,
      nonce uuid not null,
      ticket_id uuid,
      gate_id uuid not null constraint scan_gate_fkey references gate,
      account_id uuid not null constraint scan_account_fkey references account,
      outcome text not null constraint scan_outcome_check check (outcome in ('admit', 'check', 'refuse')),
      reason text not null,
      code_sha256 bytea not null,
      first_at timestamptz,
      first_gate_id uuid constraint scan_first_gate_fkey references gate,
      scanned_at timestamptz not null,
      received_at timestamptz not null,
      constraint scan_pkey primary key (competition_session_id, id),
      constraint scan_nonce_key unique (competition_session_id, nonce)
    )`.execute(db);
  await sql`
    create table admission (
      competition_session_id uuid not null,
      ticket_id uuid not null,
      entry_number smallint not null,
      scan_id uuid not null,
      gate_id uuid not null constraint admission_gate_fkey references gate,
      admitted_at timestamptz not null,
      constraint admission_pkey primary key (competition_session_id, ticket_id, entry_number),
      constraint admission_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket,
      constraint admission_scan_fkey foreign key (competition_session_id, scan_id) references scan
    )`.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
  const grants = [
    "select, insert on account, totp_factor, recovery_code, auth_session, organiser_key to tessera_app",
    "update (display_name, locale, password_hash, role) on account to tessera_app",
    "update (sealed_secret, confirmed_at, last_step, created_at) on totp_factor to tessera_app",
    "update (used_at) on recovery_code to tessera_app",
    "update (second_factor_at, expires_at), delete on auth_session to tessera_app",

    "select, insert on games, venue, gate, competition_session, seat_pool, offer, offer_entry to tessera_app",
    "update on games, venue, gate, competition_session, seat_pool, offer to tessera_app",

    `select, insert on "order", order_line, order_event, hold, payment, payment_event, refund to tessera_app`,
    `update (state, hold_expires_at, paid_at) on "order" to tessera_app`,
    "update (state) on hold to tessera_app",
    "update (state, settled_at) on payment, refund to tessera_app",
    "select, insert on ledger_entry to tessera_app",
    "select, insert, delete on sales_delta to tessera_app",
    "select, insert, update on sales_sum to tessera_app",
    "select, insert, delete on idempotency_key to tessera_app",

    "select, insert on ticket, ticket_event, ticket_epoch to tessera_app",
    "update (state, epoch, holder_account_id, holder_name) on ticket to tessera_app",
    "select, insert, delete on activation_challenge to tessera_app",

    "select, insert on scan, admission to tessera_app",
  ];
  for (const grant of grants) await sql`grant ${sql.raw(grant)}`.execute(db);
}
