import { type Kysely, sql } from "kysely";

export async function grantRights(db: Kysely<unknown>): Promise<void> {
  const grants = [
    "update (answer, claimed_at), delete on idempotency_key to tessera_app",

    // An order that is paid back in part keeps fewer seats.
    "update (seats) on hold to tessera_app",
    "update (provider_page_id, provider_payment_id, checked_at) on payment to tessera_app",
    "update (provider_refund_id) on refund to tessera_app",
    "select, insert on payment_history, refund_history, refund_ticket to tessera_app",
    "select, insert on demo_checkout, demo_refund to tessera_app",
    "update (state) on demo_checkout to tessera_app",

    "select, insert on capacity_change to tessera_app",
    "update (state, decided_by, decided_at) on capacity_change to tessera_app",
  ];
  for (const grant of grants) await sql`grant ${sql.raw(grant)}`.execute(db);
}
