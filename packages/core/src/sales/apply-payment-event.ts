import type { RefundReason } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { isDeleted } from "../accounts/accounts.queries.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import { issueTickets } from "../tickets/issue-tickets.ts";
import { toReservationState } from "./batch-facts.ts";
import { limitsOf } from "./decide-reservations.ts";
import { addTaken, selectHeldPoolIds, selectHolds, updateHolds } from "./holds.queries.ts";
import { postSale } from "./ledger.ts";
import { isUnpaid, toOrderState } from "./order.ts";
import { changeOrder, lockOrder, type LockedOrder, selectOrderLines } from "./orders.queries.ts";
import type { PaymentEvent } from "./payment-provider.ts";
import { paymentChanges, toPaymentState } from "./payment.ts";
import { changePayment, insertPaymentEvent, lockPayment, markSettled, selectPayment } from "./payments.queries.ts";
import { refundChanges, toRefundState } from "./refund.ts";
import { changeRefund, lockRefund } from "./refunds.queries.ts";
import { releaseSeats } from "./release-seats.ts";
import { requestRefund } from "./request-refund.ts";
import { lockAccounts, lockSeatPools, selectBatchFacts } from "./reservations.queries.ts";
import { tellBuyer } from "./tell-buyer.ts";

export type PaymentContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type LockedPayment = NonNullable<Awaited<ReturnType<typeof lockPayment>>>;

/**
 * Applies what a provider said, verified by its adapter: once, in any order, however often it comes; what no longer
 * changes anything is stored and no more. Success marks the order paid, issues its tickets and posts the sale in one
 * transaction. Money that arrives when the seats are gone, or for an order that is already paid, is marked for refund in
 * the same transaction, and the buyer is told. Throws `not_found` for a payment or refund that is not ours.
 */
export async function applyPaymentEvent(ctx: PaymentContext, event: PaymentEvent): Promise<void> {
  const known = await selectPayment(ctx.db, event.paymentId);
  if (known === undefined) throw new CodedError("not_found");
  await ctx.db.transaction().execute(async (trx) => {
    const at = ctx.clock();
    const order = await lockOrder(trx, known.order_id);
    const payment = await lockPayment(trx, event.paymentId);
    if (order === undefined || payment === undefined) throw new CodedError("not_found");
    if ("refundId" in event) return applyToRefund(ctx, trx, event, { provider: payment.provider, at });

    const isNew = await insertPaymentEvent(trx, { event, provider: payment.provider, receivedAt: at });
    if (!isNew) return;
    if (!paymentChanges.allows(toPaymentState(payment.state), event.kind)) {
      // Seats were given back while nobody could be asked: now the provider has said that it was right.
      if (payment.settled_at === null) await markSettled(trx, payment.id, at);
      return;
    }
    const change = { state: event.kind, eventId: newId(ctx), at, settledAt: at };
    // Without success the seats stay held for another try until the hold ends.
    if (event.kind !== "succeeded") return changePayment(trx, payment, change);
    await changePayment(trx, payment, { ...change, providerPaymentId: event.providerPaymentId });
    await settle(ctx, trx, { order, payment: { ...payment, state: "succeeded" }, at });
  });
}

async function applyToRefund(
  ctx: PaymentContext,
  trx: Transaction<Database>,
  event: Extract<PaymentEvent, { refundId: string }>,
  { provider, at }: { provider: string; at: Date },
): Promise<void> {
  const refund = await lockRefund(trx, event.refundId);
  if (refund?.payment_id !== event.paymentId) throw new CodedError("not_found");
  if (!(await insertPaymentEvent(trx, { event, provider, receivedAt: at }))) return;
  // What became of an earlier attempt says nothing about the one that is under way.
  if (event.attempt !== refund.attempt) return;
  const state = event.kind === "refund_succeeded" ? "succeeded" : "failed";
  if (!refundChanges.allows(toRefundState(refund.state), state)) return;
  await changeRefund(trx, refund, { state, eventId: newId(ctx), at });
}

type Money = { order: LockedOrder; payment: LockedPayment; at: Date };

/** Money has arrived: seats for it, or the money back. */
async function settle(ctx: PaymentContext, trx: Transaction<Database>, money: Money): Promise<void> {
  const { order } = money;
  const state = toOrderState(order.state);
  if (isUnpaid(state)) {
    // Of what takes place in part all is issued; the rest is paid back as everybody's is (`payBackCancelled`).
    const isCancelled = (await selectHolds(trx, order.id)).every(isOfCancelled);
    if (!isCancelled) return issue(ctx, trx, money);
    await releaseSeats(ctx, trx, order, "expired");
    return giveUp(ctx, trx, { ...money, order: { ...order, state: "expired" } }, "session_cancelled");
  }
  if (state !== "expired" && state !== "cancelled") return payBack(ctx, trx, money, "paid_twice");
  const obstacle = await takeSeatsAgain(trx, money);
  return obstacle === undefined ? issue(ctx, trx, money) : giveUp(ctx, trx, money, obstacle);
}

/** An order that is over and yet was paid: there is nothing for the money. */
async function giveUp(
  ctx: PaymentContext,
  trx: Transaction<Database>,
  money: Money,
  reason: RefundReason,
): Promise<void> {
  await payBack(ctx, trx, money, reason);
  await changeOrder(trx, money.order, { state: "refunded", eventId: newId(ctx), at: money.at });
}

const isOfCancelled = (hold: { competition_session_state: string }): boolean =>
  hold.competition_session_state === "cancelled";

/**
 * The hold ended while the money was on its way: all of its seats again, by the rules of now, or none. Gives what stands
 * in the way. Locks as a reservation does: pools, then the account.
 */
async function takeSeatsAgain(
  trx: Transaction<Database>,
  { order, at }: Pick<Money, "order" | "at">,
): Promise<RefundReason | undefined> {
  const levels = await lockSeatPools(trx, await selectHeldPoolIds(trx, order.id));
  await lockAccounts(trx, [order.account_id]);
  if (await isDeleted(trx, order.account_id)) return "account_deleted";
  // After the pools: whoever cancels a competition session has locked them.
  const holds = await selectHolds(trx, order.id);
  if (holds.some(isOfCancelled)) return "session_cancelled";
  const left = new Map(levels.map(({ id, capacity, taken }) => [id, capacity - taken]));
  for (const hold of holds) {
    if (hold.ends_at <= at) return "not_on_sale";
    if (hold.seats > (left.get(hold.seat_pool_id) ?? 0)) return "no_seats_left";
  }
  const { limits, seats } = toReservationState(await selectBatchFacts(trx, [order.account_id]));
  const wanted = holds.map((hold) => ({ ...hold, competitionSessionId: hold.competition_session_id }));
  const applied = limitsOf(wanted, limits, seats.get(order.account_id) ?? new Map<string, number>());
  if (applied.some(({ has, of, limit }) => has + of > limit)) return "limit_reached";
  await addTaken(
    trx,
    holds.map((hold) => ({ seatPoolId: hold.seat_pool_id, seats: hold.seats })),
  );
  return undefined;
}

async function issue(ctx: PaymentContext, trx: Transaction<Database>, { order, payment, at }: Money): Promise<void> {
  await changeOrder(trx, order, { state: "paid", eventId: newId(ctx), at, paidAt: at });
  await updateHolds(trx, order.id, "issued");
  const lines = await selectOrderLines(trx, [order.id]);
  const tickets = await issueTickets(ctx, trx, { order, lines, at });
  await postSale(ctx, trx, { orderId: order.id, paymentId: payment.id, tickets, at });
  await tellBuyer(ctx, trx, { order, totalCents: payment.amount_cents, tickets: tickets.length, lines });
}

/** All of it, without anybody asking. */
async function payBack(
  ctx: PaymentContext,
  trx: Transaction<Database>,
  { order, payment, at }: Money,
  reason: RefundReason,
): Promise<void> {
  const amountCents = payment.amount_cents;
  if (amountCents === 0) return;
  // An account that is deleted meanwhile leaves no mail to it behind.
  await lockAccounts(trx, [order.account_id]);
  await requestRefund(ctx, trx, { order, payment, amountCents, reason, request: null, tickets: 0, at });
}
