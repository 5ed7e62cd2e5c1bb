import { type Kysely, sql } from "kysely";

export async function grantRights(db: Kysely<unknown>): Promise<void> {
  const grants = [
    "select, insert on account, totp_factor, recovery_code, auth_session, organiser_key to tessera_app",
    "update (display_name, locale) on account to tessera_app",
    "update (sealed_secret, confirmed_at, last_step, created_at) on totp_factor to tessera_app",
    "update (used_at) on recovery_code to tessera_app",
    "update (second_factor_at, expires_at), delete on auth_session to tessera_app",

    "select, insert on games, venue, gate, competition_session, seat_pool, offer, offer_entry to tessera_app",
    "update on games, venue, gate, competition_session, seat_pool, offer to tessera_app",

    `select, insert on "order", order_line, order_event, hold, payment, payment_event, refund to tessera_app`,
    `update (state, hold_expires_at, paid_at) on "order" to tessera_app`,
    "update (state) on hold to tessera_app",
    "update (state, settled_at) on payment to tessera_app",
    "update (state, attempted_at, settled_at) on refund to tessera_app",
    "select, insert on ledger_entry to tessera_app",
    "select, insert, delete on sales_delta to tessera_app",
    // Only to lock rows with FOR UPDATE: the column is always generated, and so nothing can be changed by it.
    "update (id) on sales_delta to tessera_app",
    "select, insert, update on sales_sum to tessera_app",
    "select, insert on idempotency_key to tessera_app",

    "select, insert on ticket, ticket_event, ticket_epoch to tessera_app",
    "update (state, epoch, holder_account_id, holder_name) on ticket to tessera_app",
    "select, insert, delete on activation_challenge to tessera_app",

    "select, insert on scan, admission to tessera_app",
  ];
  for (const grant of grants) await sql`grant ${sql.raw(grant)}`.execute(db);
}
