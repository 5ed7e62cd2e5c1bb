import { type Kysely, sql } from "kysely";

export async function createCatalogue(db: Kysely<unknown>): Promise<void> {
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
