import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

// What a person bought, and what became of it. No column in this file is a secret, a hash or a key.

export async function selectOrderData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("order")
    .select([
      "id",
      "reference",
      "state",
      "total_cents as totalCents",
      "created_at as createdAt",
      "hold_expires_at as holdExpiresAt",
      "paid_at as paidAt",
    ])
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
}

export async function selectOrderLineData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("order_line")
    .innerJoin("order", "order.id", "order_line.order_id")
    .innerJoin("offer", "offer.id", "order_line.offer_id")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .innerJoin("seat_pool", "seat_pool.id", "offer_entry.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .select([
      "order_line.order_id as orderId",
      "offer.kind",
      "order_line.quantity",
      "order_line.unit_price_cents as unitPriceCents",
      "seat_pool.category",
      "competition_session.code as competitionSession",
    ])
    .where("order.account_id", "=", accountId)
    .orderBy("order_line.id")
    .orderBy("competition_session.code")
    .execute();
}

export async function selectOrderHistory(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("order_event")
    .innerJoin("order", "order.id", "order_event.order_id")
    .select(["order_event.order_id as orderId", "order_event.state", "order_event.at"])
    .where("order.account_id", "=", accountId)
    .orderBy("order_event.id")
    .execute();
}

/** Each attempt to pay. */
export async function selectPaymentData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("payment")
    .innerJoin("order", "order.id", "payment.order_id")
    .select([
      "payment.order_id as orderId",
      "payment.id",
      "payment.provider",
      "payment.state",
      "payment.amount_cents as amountCents",
      "payment.created_at as createdAt",
      "payment.settled_at as settledAt",
    ])
    .where("order.account_id", "=", accountId)
    .orderBy("payment.id")
    .execute();
}

/** Each return of money, with what the organiser wrote about it. */
export async function selectRefundData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("refund")
    .innerJoin("payment", "payment.id", "refund.payment_id")
    .innerJoin("order", "order.id", "payment.order_id")
    .select([
      "refund.payment_id as paymentId",
      "refund.amount_cents as amountCents",
      "refund.reason",
      "refund.note",
      "refund.state",
      "refund.created_at as createdAt",
      "refund.settled_at as settledAt",
    ])
    .where("order.account_id", "=", accountId)
    .orderBy("refund.id")
    .execute();
}

export async function selectTicketData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("ticket")
    .innerJoin("order", "order.id", "ticket.order_id")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([
      "ticket.id",
      "ticket.reference",
      "order.reference as order",
      "ticket.state",
      "ticket.blocked_at as blockedAt",
      "ticket.block_note as blockNote",
      "ticket.holder_name as holderName",
      "ticket.category",
      "ticket.zone",
      "ticket.price_cents as priceCents",
      "ticket.created_at as createdAt",
      "competition_session.code as competitionSession",
      "competition_session.starts_at as startsAt",
      "competition_session.ends_at as endsAt",
      "venue.name as venue",
    ])
    .where("ticket.holder_account_id", "=", accountId)
    .orderBy("competition_session.starts_at")
    .orderBy("ticket.id")
    .execute();
}

/** Activations among it. */
export async function selectTicketHistory(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("ticket_event")
    .innerJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "ticket_event.competition_session_id")
        .onRef("ticket.id", "=", "ticket_event.ticket_id"),
    )
    .select(["ticket_event.ticket_id as ticketId", "ticket_event.kind", "ticket_event.epoch", "ticket_event.at"])
    .where("ticket.holder_account_id", "=", accountId)
    .orderBy("ticket_event.id")
    .execute();
}

/** Where and when their codes were read at a gate. */
export async function selectScanData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("scan")
    .innerJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "scan.competition_session_id")
        .onRef("ticket.id", "=", "scan.ticket_id"),
    )
    .innerJoin("gate", "gate.id", "scan.gate_id")
    .select(["scan.ticket_id as ticketId", "scan.scanned_at as at", "gate.name as gate", "scan.outcome", "scan.reason"])
    .where("ticket.holder_account_id", "=", accountId)
    .orderBy("scan.id")
    .execute();
}
