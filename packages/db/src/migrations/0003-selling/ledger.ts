import { type Kysely, sql } from "kysely";

/**
 * Prices are with tax. Each ticket keeps the tax in its price, so that a refund takes back to the cent what the sale
 * posted. What the organiser has decided for all sales stands in the Games' one row.
 */
export async function extendLedger(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table games
      -- Of the price without it, in hundredths of a percent. France: 5.5 % for entry to sports (CGI art. 278-0 bis).
      add column tax_rate_bp integer not null default 550
        constraint games_tax_rate_check check (tax_rate_bp between 0 and 5000),
      add column limit_games integer not null default 30
        constraint games_limit_games_check check (limit_games between 1 and 1000),
      add column limit_competition_session integer not null default 6
        constraint games_limit_competition_session_check check (limit_competition_session between 1 and 1000),
      add column limit_ceremony integer not null default 4
        constraint games_limit_ceremony_check check (limit_ceremony between 1 and 1000),
      -- Raised with each change of these: an admin names the one that was seen.
      add column settings_version integer not null default 1`.execute(db);
  await sql`
    alter table ticket add column tax_cents integer not null default 0
      constraint ticket_tax_check check (tax_cents between 0 and price_cents)`.execute(db);
  await sql`
    alter table ledger_entry
      add column tax_cents integer not null default 0,
      add column refund_id uuid constraint ledger_entry_refund_fkey references refund`.execute(db);
  await sql`alter table ticket alter column tax_cents drop default`.execute(db);
  await sql`alter table ledger_entry alter column tax_cents drop default`.execute(db);
  await sql`
    alter table ledger_entry add constraint ledger_entry_sign_check check (
      case kind
        when 'sale' then refund_id is null and tickets > 0 and amount_cents >= 0 and tax_cents >= 0
        else refund_id is not null and tickets < 0 and amount_cents <= 0 and tax_cents <= 0
      end)`.execute(db);
  // Orders with tickets that were not given back, counted where the first entry of each stands: their number is that of
  // the sums, and nobody counts a million orders to show it.
  await sql`
    alter table sales_delta
      add column tax_cents bigint not null default 0,
      add column orders integer not null default 0`.execute(db);
  await sql`
    alter table sales_sum
      add column tax_cents bigint not null default 0,
      add column orders bigint not null default 0`.execute(db);
  await sql`
    insert into sales_delta (offer_id, competition_session_id, day, tickets, amount_cents, orders)
    select offer_id, competition_session_id, day, 0, 0, count(*)
    from (
      select distinct on (order_id) offer_id, competition_session_id, (posted_at at time zone 'UTC')::date as day
      from ledger_entry
      order by order_id, id
    ) as first
    group by offer_id, competition_session_id, day`.execute(db);
  for (const table of ["sales_delta", "sales_sum"]) {
    await sql`
      alter table ${sql.table(table)} alter column tax_cents drop default, alter column orders drop default`.execute(
      db,
    );
  }
}
