import type { OrderState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../catalogue/rows.ts";
import { orderChanges, toOrderState } from "./order.ts";

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
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("order_event")
            .select("order_event.id")
            .whereRef("order_event.order_id", "=", "order.id")
            .where("order_event.state", "in", ["expired", "cancelled"]),
        )
        .as("was_over"),
    )
    .where("account_id", "=", accountId)
    .$if(orderId !== undefined, (query) => query.where("id", "=", orderId ?? ""))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
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

export type LockedOrder = NonNullable<Awaited<ReturnType<typeof lockOrder>>>;

/** Locks an order until the transaction ends: the first lock of everything that changes it. */
export async function lockOrder(trx: Transaction<Database>, orderId: string) {
  return trx.selectFrom("order").select(orderColumns).where("id", "=", orderId).forNoKeyUpdate().executeTakeFirst();
}

/** The same, unless somebody else has it. */
export async function lockFreeOrder(trx: Transaction<Database>, orderId: string) {
  return trx
    .selectFrom("order")
    .select(orderColumns)
    .where("id", "=", orderId)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** The orders that are unpaid and overdue, the longest first; none whose provider's page may still be paid. */
export async function selectOverdueOrderIds(
  db: Kysely<Database>,
  { now, states, limit }: { now: Date; states: readonly OrderState[]; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom("order")
    .select("id")
    .where("state", "in", states)
    .where("hold_expires_at", "<=", now)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("payment")
            .select("payment.id")
            .whereRef("payment.order_id", "=", "order.id")
            .where("payment.state", "=", "pending"),
        ),
      ),
    )
    .orderBy("hold_expires_at")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Changes an order's state, with its history. The order is locked. Throws `conflict` for a change that is not allowed. */
export async function changeOrder(
  trx: Transaction<Database>,
  order: { id: string; state: string },
  change: { state: OrderState; eventId: string; at: Date; paidAt?: Date; holdExpiresAt?: Date },
): Promise<void> {
  orderChanges.assert(toOrderState(order.state), change.state);
  await trx
    .updateTable("order")
    .set({
      state: change.state,
      ...(change.paidAt && { paid_at: change.paidAt }),
      ...(change.holdExpiresAt && { hold_expires_at: change.holdExpiresAt }),
    })
    .where("id", "=", order.id)
    .execute();
  await trx
    .insertInto("order_event")
    .values({ order_id: order.id, id: change.eventId, state: change.state, at: change.at })
    .execute();
}
