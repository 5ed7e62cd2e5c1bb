import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { isDeleted } from "../accounts/accounts.queries.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import { issueTickets } from "../tickets/issue-tickets.ts";
import { limitReached } from "./decide-reservations.ts";
import { addTaken, selectHolds, updateHolds } from "./holds.queries.ts";
import { postSale } from "./ledger.ts";
import { assertChange, isUnpaid, toOrderState } from "./order.ts";
import { lockOrder, type LockedOrder, selectOrderLines, updateOrder } from "./orders.queries.ts";
import type { PaymentEvent } from "./payment-provider.ts";
import {
  insertPaymentEvent,
  insertRefund,
  lockPayment,
  type RefundReason,
  selectPayment,
  updatePayment,
} from "./payments.queries.ts";
import { lockAccounts, lockSeatPools } from "./reservations.queries.ts";
import { readSalesSettings } from "./sales-settings.ts";
import { readSeatCounts } from "./seat-counts.ts";

type PaymentContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
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
  const { order, at } = money;
  const state = toOrderState(order.state);
  if (isUnpaid(state)) return issue(ctx, trx, money);
  if (state !== "expired" && state !== "cancelled") return refund(ctx, trx, money, "paid_twice");
  const obstacle = await takeSeatsAgain(ctx, trx, money);
  if (obstacle === undefined) return issue(ctx, trx, money);
  assertChange(state, "refunded");
  await refund(ctx, trx, money, obstacle);
  await updateOrder(trx, { orderId: order.id, state: "refunded", eventId: newId(ctx), at });
}

/**
 * The hold ended while the money was on its way: all of its seats again, by the rules of now, or none. Gives what stands
 * in the way. Locks as a reservation does: pools, then the account.
 */
async function takeSeatsAgain(
  ctx: PaymentContext,
  trx: Transaction<Database>,
  { order, at }: Money,
): Promise<RefundReason | undefined> {
  const holds = await selectHolds(trx, order.id);
  const levels = await lockSeatPools(
    trx,
    holds.map((hold) => hold.seat_pool_id),
  );
  await lockAccounts(trx, [order.account_id]);
  if (await isDeleted(trx, order.account_id)) return "account_deleted";
  const left = new Map(levels.map(({ id, capacity, taken }) => [id, capacity - taken]));
  const wanted = new Map<string, { seats: number; ceremony: boolean }>();
  for (const hold of holds) {
    if (hold.competition_session_state !== "scheduled" || hold.ends_at <= at) return "not_on_sale";
    if (hold.seats > (left.get(hold.seat_pool_id) ?? 0)) return "no_seats_left";
    const seats = (wanted.get(hold.competition_session_id)?.seats ?? 0) + hold.seats;
    wanted.set(hold.competition_session_id, { seats, ceremony: hold.ceremony });
  }
  const counts = (await readSeatCounts(trx, [order.account_id])).get(order.account_id) ?? new Map<string, number>();
  if (limitReached(wanted, counts, (await readSalesSettings({ db: trx })).limits) !== undefined) return "limit_reached";
  await addTaken(
    trx,
    holds.map((hold) => ({ seatPoolId: hold.seat_pool_id, seats: hold.seats })),
  );
  return undefined;
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
  reason: RefundReason,
): Promise<void> {
  if (payment.amountCents === 0) return;
  const { id: paymentId, amountCents } = payment;
  await insertRefund(trx, { id: newId(ctx), paymentId, amountCents, reason, createdAt: at });
}
