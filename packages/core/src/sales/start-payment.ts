import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor, Policy, Requester } from "../ports.ts";
import { isUnpaid, toOrderState } from "./order.ts";
import { lockOrder, updateOrder } from "./orders.queries.ts";
import { insertPayment, selectPayment, selectPaymentToContinue } from "./payments.queries.ts";

/**
 * Opens the provider's page for an order. The payment row exists, and the hold is extended to the end of that page, before
 * the provider is called; its id is the provider's idempotency key. Asked again while a page is open, the answer is that
 * page: two tabs pay one order once.
 *
 * Errors: `not_found`, `order_expired`, `order_not_payable`, `unavailable` when the provider does not answer (the seats
 * stay held, and asking again is safe), and what limits throw: whoever tries stolen cards tries many.
 */
export async function startPayment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "payments" | "policy" | "attempts">,
  actor: Pick<Actor, "accountId">,
  { orderId, idempotencyKey }: { orderId: string; idempotencyKey: string },
  requester: Requester,
): Promise<{ redirectUrl: string }> {
  await ctx.attempts.spend("payment", { account: actor.accountId, requester });
  const started = await ctx.db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (order?.account_id !== actor.accountId) throw new CodedError("not_found");
    const now = ctx.clock();
    if (order.state === "expired" || (isUnpaid(toOrderState(order.state)) && order.hold_expires_at <= now)) {
      throw new CodedError("order_expired");
    }
    if (!isUnpaid(toOrderState(order.state))) throw new CodedError("order_not_payable");

    const payment = await selectPaymentToContinue(trx, { orderId, idempotencyKey });
    if (payment?.state === "pending") {
      return { paymentId: payment.id, amountCents: payment.amount_cents, expiresAt: order.hold_expires_at };
    }
    // That attempt has ended; a new one is a new wish and needs a key of its own.
    if (payment !== undefined) throw new CodedError("idempotency_key_reused");

    const paymentId = newId(ctx);
    const expiresAt = pageEnd(ctx.policy, order, now);
    const provider = ctx.payments.name;
    const amountCents = order.total_cents;
    await insertPayment(trx, { id: paymentId, orderId, idempotencyKey, provider, amountCents, createdAt: now });
    await updateOrder(trx, {
      orderId,
      state: "awaiting_payment",
      eventId: newId(ctx),
      at: now,
      holdExpiresAt: expiresAt,
    });
    return { paymentId, amountCents, expiresAt };
  });
  try {
    return await ctx.payments.start(started);
  } catch (cause) {
    throw new CodedError("unavailable", {}, { cause });
  }
}

/** When the provider's page ends, and with it the hold: however often it is opened, seats are not kept for ever. */
function pageEnd(
  policy: Pick<Policy, "paymentMinutes" | "longestHoldMinutes">,
  order: { created_at: Date; hold_expires_at: Date },
  now: Date,
): Date {
  const longest = order.created_at.getTime() + policy.longestHoldMinutes * 60_000;
  const wanted = now.getTime() + policy.paymentMinutes * 60_000;
  return new Date(Math.max(order.hold_expires_at.getTime(), Math.min(wanted, longest)));
}

/** A payment as the provider's own page shows it. Throws `not_found`. */
export async function readPayment(ctx: Pick<CoreContext, "db">, paymentId: string) {
  const payment = await selectPayment(ctx.db, paymentId);
  if (payment === undefined) throw new CodedError("not_found");
  return {
    id: payment.id,
    orderId: payment.order_id,
    reference: payment.reference,
    amountCents: payment.amount_cents,
    currency: "EUR" as const,
    state: payment.state,
    expiresAt: payment.hold_expires_at,
  };
}
