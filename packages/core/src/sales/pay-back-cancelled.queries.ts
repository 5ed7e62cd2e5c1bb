import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";

/** The competition sessions that an admin has cancelled, and of which not everybody has been paid back. */
export async function selectSessionsToPayBack(db: Kysely<Database>) {
  return db
    .selectFrom("competition_session")
    .select(["id", "cancelled_by", "cancel_note"])
    .where("state", "=", "cancelled")
    .where("paid_back_at", "is", null)
    .where("cancelled_by", "is not", null)
    .where("cancel_note", "is not", null)
    .$narrowType<{ cancelled_by: string; cancel_note: string }>()
    .orderBy("cancelled_at")
    .execute();
}

type Portion = { competitionSessionId: string; after: string | undefined; limit: number };

/** Orders that hold seats in a competition session without having paid, in the order of their ids. */
export async function selectHoldingOrderIds(
  db: Kysely<Database>,
  { competitionSessionId, after, limit }: Portion,
): Promise<string[]> {
  const rows = await db
    .selectFrom("hold")
    .select("order_id")
    .distinct()
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "=", "held")
    .$if(after !== undefined, (query) => query.where("order_id", ">", after ?? ""))
    .orderBy("order_id")
    .limit(limit)
    .execute();
  return rows.map(({ order_id: id }) => id);
}

const paidFor = ["issued", "admitted"] as const;

/** Orders with tickets of a competition session that were not given back, in the order of their ids. */
export async function selectPaidOrderIds(
  db: Kysely<Database>,
  { competitionSessionId, after, limit }: Portion,
): Promise<string[]> {
  const rows = await db
    .selectFrom("ticket")
    .select("order_id")
    .distinct()
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "in", paidFor)
    .$if(after !== undefined, (query) => query.where("order_id", ">", after ?? ""))
    .orderBy("order_id")
    .limit(limit)
    .execute();
  return rows.map(({ order_id: id }) => id);
}

export async function selectTicketsToPayBack(
  trx: Transaction<Database>,
  { orderId, competitionSessionId }: { orderId: string; competitionSessionId: string },
): Promise<string[]> {
  const rows = await trx
    .selectFrom("ticket")
    .select("id")
    .where("order_id", "=", orderId)
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "in", paidFor)
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Notes that nothing is left to be paid back, if that is so: in one statement, and so of one moment. An order that holds
 * seats becomes one with tickets in one transaction, and no seats are held anew once it is cancelled.
 */
export async function markPaidBack(db: Kysely<Database>, competitionSessionId: string, at: Date): Promise<void> {
  await sql`
    update competition_session set paid_back_at = ${at}
    where id = ${competitionSessionId} and paid_back_at is null
      and not exists (
        select from hold where hold.competition_session_id = competition_session.id and hold.state = 'held')
      and not exists (
        select from ticket
        where ticket.competition_session_id = competition_session.id and ticket.state in ('issued', 'admitted'))`.execute(
    db,
  );
}

/** What there is to be paid back of a competition session: by its cancellation, or still after it. */
export async function selectOwed(db: Kysely<Database>, competitionSessionId: string) {
  const owed = await db
    .selectFrom("ticket")
    .select([
      sql<number>`count(distinct order_id)::integer`.as("orders"),
      sql<number>`count(*)::integer`.as("tickets"),
      sql<number>`coalesce(sum(price_cents), 0)::bigint`.as("amountCents"),
    ])
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "in", paidFor)
    .executeTakeFirstOrThrow();
  const { unpaidOrders } = await db
    .selectFrom("hold")
    .select(sql<number>`count(distinct order_id)::integer`.as("unpaidOrders"))
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "=", "held")
    .executeTakeFirstOrThrow();
  return { ...owed, unpaidOrders };
}

const refundsOfCancelled = (db: Kysely<Database>, competitionSessionId: string) =>
  db
    .selectFrom("refund_ticket")
    .innerJoin("refund", "refund.id", "refund_ticket.refund_id")
    .innerJoin("payment", "payment.id", "refund.payment_id")
    .where("refund_ticket.competition_session_id", "=", competitionSessionId)
    .where("refund.reason", "=", "session_cancelled");

/** What was paid back because it was cancelled. A refund is of the tickets of one competition session. */
export async function selectPaidBack(db: Kysely<Database>, competitionSessionId: string) {
  const refunds = refundsOfCancelled(db, competitionSessionId)
    .select(["refund.id", "refund.state", "refund.amount_cents", "payment.order_id"])
    .select(sql<number>`count(*)`.as("tickets"))
    .groupBy(["refund.id", "payment.order_id"]);
  return db
    .selectFrom(refunds.as("one"))
    .select([
      sql<number>`count(distinct order_id)::integer`.as("orders"),
      sql<number>`coalesce(sum(tickets), 0)::integer`.as("tickets"),
      sql<number>`coalesce(sum(amount_cents), 0)::bigint`.as("amountCents"),
      sql<number>`(count(*) filter (where state in ('requested', 'sent')))::integer`.as("underWay"),
      sql<number>`(count(*) filter (where state = 'succeeded'))::integer`.as("succeeded"),
      sql<number>`(count(*) filter (where state = 'failed'))::integer`.as("failed"),
    ])
    .executeTakeFirstOrThrow();
}

export async function selectFailedRefunds(db: Kysely<Database>, competitionSessionId: string, limit: number) {
  return (
    refundsOfCancelled(db, competitionSessionId)
      .innerJoin("order", "order.id", "payment.order_id")
      .where("refund.state", "=", "failed")
      .select(["refund.id as refundId", "order.id as orderId", "order.reference", "refund.amount_cents as amountCents"])
      // A refund has a row for each of its tickets.
      .groupBy(["refund.id", "order.id"])
      .orderBy("refund.created_at")
      .orderBy("refund.id")
      .limit(limit)
      .execute()
  );
}
