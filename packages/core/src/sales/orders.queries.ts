import type { OrderState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../catalogue/rows.ts";

const orderColumns = [
  "order.id",
  "order.reference",
  "order.account_id",
  "order.state",
  "order.total_cents",
  "order.hold_expires_at",
  "order.created_at",
  "order.paid_at",
] as const;

export async function selectOrders(
  db: Kysely<Database>,
  { accountId, orderId, limit }: { accountId: string; orderId?: string; limit: number },
) {
  return db
    .selectFrom("order")
    .select(orderColumns)
    .where("account_id", "=", accountId)
    .$if(orderId !== undefined, (query) => query.where("id", "=", orderId ?? ""))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export async function selectOrdersById(db: Kysely<Database>, orderIds: readonly string[]) {
  return db.selectFrom("order").select(orderColumns).where("id", "in", orderIds).execute();
}

/** Lines with what they let into: a row for each seat pool of the line's offer. */
export async function selectOrderLines(db: Kysely<Database>, orderIds: readonly string[]) {
  return db
    .selectFrom("order_line")
    .innerJoin("offer", "offer.id", "order_line.offer_id")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .innerJoin("seat_pool", "seat_pool.id", "offer_entry.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .where("order_line.order_id", "in", orderIds)
    .select([
      "order_line.id",
      "order_line.order_id",
      "order_line.offer_id",
      "order_line.quantity",
      "order_line.unit_price_cents",
      ...offerNameColumns,
      "seat_pool.id as seat_pool_id",
      "seat_pool.category",
      "seat_pool.zone",
      ...competitionSessionColumns,
    ])
    .orderBy("competition_session.starts_at")
    .orderBy("order_line.id")
    .execute();
}

/** The newest attempt to pay each order. */
export async function selectNewestPayments(db: Kysely<Database>, orderIds: readonly string[]) {
  return (
    db
      .selectFrom("payment")
      .distinctOn("order_id")
      .select(["id", "order_id", "state"])
      .where("order_id", "in", orderIds)
      .orderBy("order_id")
      // One that is under way is the newest, also if it was started in the same millisecond as the one before ended.
      .orderBy((eb) => eb("state", "=", "pending"), "desc")
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .execute()
  );
}

export type LockedOrder = Awaited<ReturnType<typeof lockOrder>>;

/** Locks an order until the transaction ends: the first lock of everything that changes it. */
export async function lockOrder(trx: Transaction<Database>, orderId: string) {
  return trx.selectFrom("order").select(orderColumns).where("id", "=", orderId).forNoKeyUpdate().executeTakeFirst();
}

/** Locks the next order that is unpaid and overdue, leaving out those that somebody else has. */
export async function lockOverdueOrder(trx: Transaction<Database>, now: Date, states: readonly OrderState[]) {
  return trx
    .selectFrom("order")
    .select(orderColumns)
    .where("state", "in", states)
    .where("hold_expires_at", "<=", now)
    .orderBy("hold_expires_at")
    .limit(1)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** Writes a new state with its history. */
export async function updateOrder(
  trx: Transaction<Database>,
  change: { orderId: string; state: OrderState; eventId: string; at: Date; paidAt?: Date; holdExpiresAt?: Date },
): Promise<void> {
  await trx
    .updateTable("order")
    .set({
      state: change.state,
      ...(change.paidAt && { paid_at: change.paidAt }),
      ...(change.holdExpiresAt && { hold_expires_at: change.holdExpiresAt }),
    })
    .where("id", "=", change.orderId)
    .execute();
  await trx
    .insertInto("order_event")
    .values({ order_id: change.orderId, id: change.eventId, state: change.state, at: change.at })
    .execute();
}
