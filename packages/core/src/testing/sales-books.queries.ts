import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

/** Seats taken in the one pool of a competition session. */
export async function seatsTaken(db: Kysely<Database>, code: string): Promise<number> {
  const pool = await db
    .selectFrom("seat_pool")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .select("seat_pool.taken")
    .where("competition_session.code", "=", code)
    .executeTakeFirstOrThrow();
  return pool.taken;
}

export async function ledgerOf(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("ledger_entry")
    .select(["kind", "tickets", "amount_cents"])
    .where("order_id", "=", orderId)
    .orderBy("kind", "desc")
    .execute();
}

/** Every state that an order, its payments, its refunds and its tickets have had, each sorted by name. */
export async function statesOf(db: Kysely<Database>, orderId: string) {
  const payments = db.selectFrom("payment").select("id").where("order_id", "=", orderId);
  const refunds = db.selectFrom("refund").select("id").where("payment_id", "in", payments);
  const tickets = db.selectFrom("ticket").select("id").where("order_id", "=", orderId);
  const [order, payment, refund, ticket] = await Promise.all([
    db.selectFrom("order_event").select("state").where("order_id", "=", orderId).execute(),
    db.selectFrom("payment_history").select("state").where("payment_id", "in", payments).execute(),
    db.selectFrom("refund_history").select("state").where("refund_id", "in", refunds).execute(),
    db.selectFrom("ticket_event").select("kind as state").where("ticket_id", "in", tickets).execute(),
  ]);
  const names = (rows: readonly { state: string }[]): string[] => rows.map(({ state }) => state).toSorted();
  return { order: names(order), payment: names(payment), refund: names(refund), ticket: names(ticket) };
}

export async function refundsOf(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("refund")
    .innerJoin("payment", "payment.id", "refund.payment_id")
    .select(["refund.id", "refund.payment_id", "refund.reason", "refund.state", "refund.amount_cents"])
    .where("payment.order_id", "=", orderId)
    .orderBy("refund.id")
    .execute();
}
