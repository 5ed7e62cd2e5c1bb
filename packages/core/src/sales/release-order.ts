import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { closePage, type ProviderContext } from "./close-pages.ts";
import { isUnpaid, toOrderState, unpaidStates } from "./order.ts";
import { lockFreeOrder, lockOrder, selectOrders, selectOverdueOrderIds } from "./orders.queries.ts";
import { changePayment, selectPendingPayment } from "./payments.queries.ts";
import { type OrderFacts, readOrder } from "./read-orders.ts";
import { releaseSeats, type ReleaseContext } from "./release-seats.ts";

/**
 * The visitor gives the seats back. An open page is closed at the provider first; if it turns out that it was paid, the
 * answer is the paid order. Errors: `not_found`; `payment_under_way` when the provider cannot say whether money is on its
 * way; `conflict` when the order was paid or over before.
 */
export async function cancelOrder(
  ctx: ProviderContext,
  actor: Pick<Actor, "accountId">,
  { orderId }: { orderId: string },
): Promise<OrderFacts> {
  const [known] = await selectOrders(ctx.db, { accountId: actor.accountId, orderId, limit: 1 });
  if (known === undefined) throw new CodedError("not_found");
  const payment = await selectPendingPayment(ctx.db, orderId);
  if (payment !== undefined) {
    await closePage(ctx, payment).catch((cause: unknown) => {
      throw new CodedError("payment_under_way", {}, { cause });
    });
    const order = await readOrder(ctx, actor, { orderId });
    if (order.payment?.id === payment.id && order.payment.state === "succeeded") return order;
  }
  await cancelHeldOrder(ctx, actor, { orderId });
  return readOrder(ctx, actor, { orderId });
}

/** The same where no page is open. Errors: `not_found`; `payment_under_way` when one is; `conflict`. */
export async function cancelHeldOrder(
  ctx: ReleaseContext,
  { accountId }: Pick<Actor, "accountId">,
  { orderId }: { orderId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (order?.account_id !== accountId) throw new CodedError("not_found");
    if ((await selectPendingPayment(trx, orderId)) !== undefined) throw new CodedError("payment_under_way");
    await releaseSeats(ctx, trx, order, "cancelled");
  });
}

/**
 * Ends one unpaid order now, due or not, and with it a payment that is under way: what the demo's "pay late" needs.
 * Errors: `not_found`, `conflict`.
 */
export async function expireOrder(ctx: ReleaseContext, orderId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (order === undefined) throw new CodedError("not_found");
    const payment = await selectPendingPayment(trx, orderId);
    const at = ctx.clock();
    await releaseSeats(ctx, trx, order, "expired");
    if (payment) await changePayment(trx, payment, { state: "expired", eventId: newId(ctx), at, settledAt: at });
  });
}

const mostAtOnce = 500;

/**
 * Gives back the seats of orders whose time is over, each in a transaction of its own; 500 at most. Those whose page may
 * still be paid are left until it is closed (`closeOverduePages`). Right when it runs twice at once, late, or is killed in
 * between; between two orders it looks at `signal`. Gives how many it ended.
 */
export async function expireOverdueOrders(ctx: ReleaseContext, signal?: AbortSignal): Promise<number> {
  const orderIds = await selectOverdueOrderIds(ctx.db, { now: ctx.clock(), states: unpaidStates, limit: mostAtOnce });
  let ended = 0;
  for (const orderId of orderIds) {
    if (signal?.aborted === true) return ended;
    if (await expireIfOverdue(ctx, orderId)) ended += 1;
  }
  return ended;
}

/** Looked at again under the lock: others do the same, and the visitor may have opened a page in between. */
async function expireIfOverdue(ctx: ReleaseContext, orderId: string): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    const order = await lockFreeOrder(trx, orderId);
    if (order === undefined || !isUnpaid(toOrderState(order.state)) || order.hold_expires_at > ctx.clock())
      return false;
    if ((await selectPendingPayment(trx, orderId)) !== undefined) return false;
    await releaseSeats(ctx, trx, order, "expired");
    return true;
  });
}
