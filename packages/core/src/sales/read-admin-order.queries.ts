import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";
import { competitionSessionColumns } from "../catalogue/rows.ts";

/** Whose an order is; without a name and an address if the account was deleted. */
export async function selectBuyer(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("order")
    .leftJoin("account", (join) =>
      join.onRef("account.id", "=", "order.account_id").on("account.deleted_at", "is", null),
    )
    .select(["order.account_id", "account.display_name", "account.email"])
    .where("order.id", "=", orderId)
    .executeTakeFirst();
}

/** All tickets of an order, whoever holds them now. */
export async function selectIssuedTickets(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("ticket")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .leftJoin("account as holder", (join) =>
      join.onRef("holder.id", "=", "ticket.holder_account_id").on("holder.deleted_at", "is", null),
    )
    .where("ticket.order_id", "=", orderId)
    .select([
      "ticket.holder_account_id",
      "holder.display_name as holder_display_name",
      "holder.email as holder_email",
      "ticket.id",
      "ticket.reference",
      "ticket.state",
      "ticket.holder_name",
      "ticket.category",
      "ticket.price_cents",
      "ticket.tax_cents",
      "ticket.blocked_at",
      "ticket.block_note",
      ...competitionSessionColumns,
    ])
    .orderBy("competition_session.starts_at")
    .orderBy("ticket.id")
    .execute();
}

/** All attempts to pay an order, oldest first, each with what was given back of it. */
export async function selectPayments(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("payment")
    .where("order_id", "=", orderId)
    .select(["payment.id", "provider", "payment.state", "payment.amount_cents", "payment.created_at", "settled_at"])
    .$narrowType<{ provider: "demo" | "stripe" }>()
    .select((eb) =>
      eb
        .selectFrom("refund")
        .whereRef("refund.payment_id", "=", "payment.id")
        .select(sql<number>`coalesce(sum(refund.amount_cents), 0)::integer`.as("cents"))
        .$asScalar()
        .$notNull()
        .as("refunded_cents"),
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** All refunds of an order, newest first. */
export async function selectRefunds(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("refund")
    .innerJoin("payment", "payment.id", "refund.payment_id")
    .leftJoin("account as requester", "requester.id", "refund.requested_by")
    .where("payment.order_id", "=", orderId)
    .select([
      "refund.id",
      "refund.payment_id",
      "refund.amount_cents",
      "refund.reason",
      "refund.state",
      "refund.note",
      "requester.display_name as requester_name",
      "refund.created_at",
      "refund.attempted_at",
      "refund.settled_at",
    ])
    .orderBy("refund.created_at", "desc")
    .orderBy("refund.id", "desc")
    .execute();
}

type HistoryRow = { of: "order" | "payment" | "refund" | "ticket"; id: string; state: string; at: Date };

/** The states of one moment in the order in which one leads to another: ids of one millisecond are in none. */
const inOrder = (
  "held pending requested awaiting_payment issued activated moved printed named handed_over expired cancelled refused " +
  "abandoned sent succeeded failed paid blocked unblocked admitted partly_refunded refunded"
).split(" ");

/** Every change of an order and of what belongs to it, oldest first. */
export async function selectHistory(db: Kysely<Database>, orderId: string): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select "of", id, state, at from (
      select 'order' as "of", order_id as id, state, at, 1 as place
      from order_event where order_id = ${orderId}
      union all
      select 'payment', payment_id, payment_history.state, at, 2
      from payment_history join payment on payment.id = payment_id where payment.order_id = ${orderId}
      union all
      select 'ticket', ticket_id, kind, at, 3
      from ticket_event
      join ticket on ticket.competition_session_id = ticket_event.competition_session_id and ticket.id = ticket_id
      where ticket.order_id = ${orderId}
      union all
      select 'refund', refund_id, refund_history.state, at, 4
      from refund_history
      join refund on refund.id = refund_id
      join payment on payment.id = refund.payment_id
      where payment.order_id = ${orderId}
    ) as history
    order by at, place, array_position(${inOrder}::text[], state), id`.execute(db);
  return rows;
}
