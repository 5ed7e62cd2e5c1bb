import { type Kysely, sql } from "kysely";

/**
 * What one statement writes for a batch of reservations refers to rows that it writes itself or that its transaction has
 * locked or read, and that the application may never delete. Checking each again took half of PostgreSQL's work for a
 * purchase (docs/decisions/0013).
 */
export async function dropReferencesOfReservations(db: Kysely<unknown>): Promise<void> {
  await sql`alter table "order" drop constraint order_account_fkey`.execute(db);
  await sql`alter table order_event drop constraint order_event_order_fkey`.execute(db);
  await sql`
    alter table order_line
      drop constraint order_line_order_fkey,
      drop constraint order_line_offer_fkey`.execute(db);
  await sql`
    alter table hold
      drop constraint hold_competition_session_fkey,
      drop constraint hold_order_fkey,
      drop constraint hold_account_fkey,
      drop constraint hold_seat_pool_fkey`.execute(db);
  await sql`alter table idempotency_key drop constraint idempotency_key_account_fkey`.execute(db);
}
