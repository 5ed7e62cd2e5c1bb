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
  return (
    db
      .selectFrom("ticket")
      .innerJoin("order", "order.id", "ticket.order_id")
      .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
      .innerJoin("venue", "venue.id", "competition_session.venue_id")
      .select([
        "ticket.id",
        "ticket.reference",
        "ticket.state",
        "ticket.blocked_at as blockedAt",
        "ticket.block_note as blockNote",
        "ticket.holder_name as holderName",
        "ticket.category",
        "ticket.zone",
        "ticket.created_at as createdAt",
        "competition_session.code as competitionSession",
        "competition_session.starts_at as startsAt",
        "competition_session.ends_at as endsAt",
        "venue.name as venue",
      ])
      // What somebody else has bought, and for how much, is none of who has received it.
      .select((eb) => [
        eb.case().when("order.account_id", "=", accountId).then(eb.ref("order.reference")).end().as("order"),
        eb.case().when("order.account_id", "=", accountId).then(eb.ref("ticket.price_cents")).end().as("priceCents"),
      ])
      .where("ticket.holder_account_id", "=", accountId)
      .orderBy("competition_session.starts_at")
      .orderBy("ticket.id")
      .execute()
  );
}

/** Activations among it, and nothing of epochs that somebody else held. */
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
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("ticket_epoch")
            .select("ticket_epoch.epoch")
            .whereRef("ticket_epoch.competition_session_id", "=", "ticket_event.competition_session_id")
            .whereRef("ticket_epoch.ticket_id", "=", "ticket_event.ticket_id")
            .whereRef("ticket_epoch.epoch", "=", "ticket_event.epoch")
            .where("ticket_epoch.holder_account_id", "<>", accountId),
        ),
      ),
    )
    .orderBy("ticket_event.id")
    .execute();
}

/** What they have offered, and what was offered to them: of the other side what they know already. */
export async function selectHandOverData(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom("hand_over")
    .innerJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "hand_over.competition_session_id")
        .onRef("ticket.id", "=", "hand_over.ticket_id"),
    )
    .innerJoin("competition_session", "competition_session.id", "hand_over.competition_session_id")
    .innerJoin("account", (join) => join.on("account.id", "=", accountId))
    .select((eb) => [
      "ticket.reference as ticket",
      "competition_session.code as competitionSession",
      "hand_over.state",
      eb.case().when("hand_over.from_account_id", "=", accountId).then("given").else("received").end().as("direction"),
      eb
        .case()
        .when("hand_over.from_account_id", "=", accountId)
        .then(eb.ref("hand_over.to_email"))
        .else(eb.ref("hand_over.from_name"))
        .end()
        .as("other"),
      "hand_over.offered_at as offeredAt",
      "hand_over.expires_at as expiresAt",
      "hand_over.ended_at as endedAt",
    ])
    .where((eb) =>
      eb.or([
        eb("hand_over.from_account_id", "=", accountId),
        eb("hand_over.to_account_id", "=", accountId),
        eb.and([eb("hand_over.state", "=", "offered"), eb("hand_over.to_email", "=", eb.ref("account.email"))]),
      ]),
    )
    .orderBy("hand_over.offered_at")
    .orderBy("hand_over.id")
    .execute();
}

/** Where and when their codes were read at a gate, since they have them. */
export async function selectScanData(db: Kysely<Database>, accountId: string) {
  return (
    db
      .selectFrom("scan")
      .innerJoin("ticket", (join) =>
        join
          .onRef("ticket.competition_session_id", "=", "scan.competition_session_id")
          .onRef("ticket.id", "=", "scan.ticket_id"),
      )
      .innerJoin("gate", "gate.id", "scan.gate_id")
      .select([
        "scan.ticket_id as ticketId",
        "scan.scanned_at as at",
        "gate.name as gate",
        "scan.direction",
        "scan.means",
      ])
      // What the screen said, as far as is known; the rest is the tablet's own.
      .select((eb) => [
        eb.fn.coalesce("scan.shown", "scan.outcome", "scan.tablet_outcome").as("outcome"),
        eb.fn.coalesce("scan.reason", "scan.tablet_reason").as("reason"),
        "scan.decided_admit as letInByHand",
        "scan.decided_note as note",
        "scan.through as wentThrough",
      ])
      .where("ticket.holder_account_id", "=", accountId)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("hand_over")
              .select("hand_over.id")
              .whereRef("hand_over.ticket_id", "=", "scan.ticket_id")
              .where("hand_over.to_account_id", "=", accountId)
              .where("hand_over.state", "=", "accepted")
              .whereRef("hand_over.ended_at", ">", "scan.received_at"),
          ),
        ),
      )
      .orderBy("scan.id")
      .execute()
  );
}
