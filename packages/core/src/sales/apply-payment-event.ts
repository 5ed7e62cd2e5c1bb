import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import { issueTickets } from "../tickets/issue-tickets.ts";
import { addTaken, selectHolds, updateHolds } from "./holds.queries.ts";
import { postSale } from "./ledger.ts";
import { assertChange, isUnpaid, toOrderState } from "./order.ts";
import { lockOrder, type LockedOrder, selectOrderLines, updateOrder } from "./orders.queries.ts";
import type { PaymentEvent } from "./payment-provider.ts";
import { insertPaymentEvent, insertRefund, lockPayment, selectPayment, updatePayment } from "./payments.queries.ts";
import { lockSeatPools } from "./reservations.queries.ts";

type PaymentContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring">;
type Order = NonNullable<LockedOrder>;

/**
 * Applies what a provider said, verified by its adapter: once, in any order, however often it comes. Success marks the
 * order paid, issues its tickets and posts the sale in one transaction. Money that arrives when the seats are gone, or for
 * an order that is already paid, is marked for refund in the same transaction. Throws `not_found` for a payment that is
 * not ours.
 */
export async function applyPaymentEvent(ctx: PaymentContext, event: PaymentEvent): Promise<void> {
  const known = await selectPayment(ctx.db, event.paymentId);
  if (known === undefined) throw new CodedError("not_found");
  await ctx.db.transaction().execute(async (trx) => {
    const at = ctx.clock();
    const order = await lockOrder(trx, known.order_id);
    const payment = await lockPayment(trx, event.paymentId);
    if (order === undefined || payment === undefined) throw new CodedError("not_found");
    const isNew = await insertPaymentEvent(trx, { event, provider: payment.provider, receivedAt: at });
    if (!isNew || payment.state === "succeeded" || payment.state === "refunded") return;

    const settled = { paymentId: payment.id, settledAt: at };
    if (event.kind !== "succeeded") {
      // Seats stay held for another try until the hold ends. What has ended stays as it ended.
      if (payment.state === "pending") await updatePayment(trx, { ...settled, state: event.kind });
      return;
    }
    await updatePayment(trx, { ...settled, state: "succeeded" });
    await settle(ctx, trx, { order, payment: { id: payment.id, amountCents: payment.amount_cents }, at });
  });
}

type Money = { order: Order; payment: { id: string; amountCents: number }; at: Date };

/** Money has arrived: seats for it, or the money back. */
async function settle(ctx: PaymentContext, trx: Transaction<Database>, money: Money): Promise<void> {
  const { order } = money;
  const state = toOrderState(order.state);
  if (isUnpaid(state)) return issue(ctx, trx, money);
  if (state !== "expired" && state !== "cancelled") return refund(ctx, trx, money, "paid_twice");
  if (!(await takeSeatsAgain(trx, order))) {
    await refund(ctx, trx, money, "no_seats_left");
    await updateOrder(trx, { orderId: order.id, state: "refunded", eventId: newId(ctx), at: money.at });
    return;
  }
  return issue(ctx, trx, money);
}

/** The hold ended while the money was on its way: all of its seats again, or none. */
async function takeSeatsAgain(trx: Transaction<Database>, order: Order): Promise<boolean> {
  const holds = await selectHolds(trx, order.id);
  const levels = await lockSeatPools(
    trx,
    holds.map(({ seat_pool_id: id }) => id),
  );
  const left = new Map(levels.map(({ id, capacity, taken }) => [id, capacity - taken]));
  if (holds.some(({ seat_pool_id: id, seats }) => seats > (left.get(id) ?? 0))) return false;
  await addTaken(
    trx,
    holds.map(({ seat_pool_id: seatPoolId, seats }) => ({ seatPoolId, seats })),
  );
  return true;
}

async function issue(ctx: PaymentContext, trx: Transaction<Database>, { order, payment, at }: Money): Promise<void> {
  assertChange(toOrderState(order.state), "paid");
  await updateOrder(trx, { orderId: order.id, state: "paid", eventId: newId(ctx), at, paidAt: at });
  await updateHolds(trx, order.id, "issued");
  const lines = await selectOrderLines(trx, [order.id]);
  const tickets = await issueTickets(ctx, trx, { order, lines, at });
  await postSale(ctx, trx, { orderId: order.id, paymentId: payment.id, tickets, at });
}

async function refund(
  ctx: PaymentContext,
  trx: Transaction<Database>,
  { payment, at }: Money,
  reason: "no_seats_left" | "paid_twice",
): Promise<void> {
  if (payment.amountCents === 0) return;
  const { id: paymentId, amountCents } = payment;
  await insertRefund(trx, { id: newId(ctx), paymentId, amountCents, reason, createdAt: at });
}
