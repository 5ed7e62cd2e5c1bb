import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { applyPaymentEvent, type PaymentContext } from "./apply-payment-event.ts";
import { lockOrder } from "./orders.queries.ts";
import type { PaymentStanding } from "./payment-provider.ts";
import {
  changePayment,
  type CheckedPayment,
  claimOverduePayment,
  claimQuietPayment,
  lockPayment,
  selectUnheardPayments,
} from "./payments.queries.ts";

export type ProviderContext = PaymentContext & Pick<CoreContext, "payments">;

const second = 1000;
const minute = 60 * second;
const mostAtOnce = 100;

/** How long seats are kept past the end of a page that cannot be closed, since the provider does not answer. */
const patience = 10 * minute;
/** How often the provider is asked again to close the same page. */
const betweenClosings = 10 * second;
/** After as long without a word the provider is asked. */
const quiet = 2 * minute;

/** What a run has done, and what ended it early: the provider did not answer about a payment. */
export type ProviderRun = { done: number; away?: { paymentId: string; cause: unknown } };

/**
 * Closes the provider's pages of orders whose time is over, each before its seats are given back
 * (`expireOverdueOrders`), or applies that it was paid. While the provider does not answer, seats stay for 10 minutes
 * past the end of the page; then the payment ends without it, and money that yet arrives is late money. No more than 100
 * at once. Right when it runs twice at once, late, or is killed in between.
 */
export async function closeOverduePages(ctx: ProviderContext, signal?: AbortSignal): Promise<ProviderRun> {
  for (let done = 0; done < mostAtOnce; done += 1) {
    if (signal?.aborted === true) return { done };
    const now = ctx.clock();
    const payment = await claimOverduePayment(ctx.db, { now, askedBefore: before(now, betweenClosings) });
    if (payment === undefined) return { done };
    try {
      await closePage(ctx, payment);
    } catch (cause) {
      await endUnheardPayments(ctx);
      return { done, away: { paymentId: payment.id, cause } };
    }
  }
  return { done: mostAtOnce };
}

/**
 * Asks the provider about payments that nobody has told us about for two minutes, and applies what it says; so a webhook
 * that was lost loses no money. Also about those that were ended without it, until it has said what became of them. No
 * more than 100 at once; a provider that does not answer ends the run.
 */
export async function reconcilePayments(ctx: ProviderContext, signal?: AbortSignal): Promise<ProviderRun> {
  for (let done = 0; done < mostAtOnce; done += 1) {
    if (signal?.aborted === true) return { done };
    const now = ctx.clock();
    const quietSince = before(now, quiet);
    const payment = await claimQuietPayment(ctx.db, { provider: ctx.payments.name, now, quietSince });
    if (payment === undefined) return { done };
    try {
      if (payment.state === "pending") await lookAt(ctx, payment);
      else await closePage(ctx, payment);
    } catch (cause) {
      return { done, away: { paymentId: payment.id, cause } };
    }
  }
  return { done: mostAtOnce };
}

/**
 * Closes a payment's page at its provider and applies what stands then. Rejects when the provider does not answer, or is
 * another one than it was then.
 */
export async function closePage(
  ctx: ProviderContext,
  payment: Pick<CheckedPayment, "id" | "provider" | "provider_page_id">,
): Promise<void> {
  if (payment.provider !== ctx.payments.name) throw new Error(`the provider ${payment.provider} is not in use`);
  const standing = await ctx.payments.close({ paymentId: payment.id, pageId: payment.provider_page_id });
  // A page that was never made, or never reached us, is one that nobody can pay on.
  await applyStanding(ctx, payment.id, standing.state === "unknown" ? { state: "expired" } : standing);
}

async function lookAt(ctx: ProviderContext, payment: CheckedPayment): Promise<void> {
  const standing = await ctx.payments.look({ paymentId: payment.id, pageId: payment.provider_page_id });
  await applyStanding(ctx, payment.id, standing);
}

/** Applies what a provider has answered as the event that it should have told, under an id that is always the same. */
async function applyStanding(ctx: PaymentContext, paymentId: string, standing: PaymentStanding): Promise<void> {
  // Whoever is to pay may still do so, or have the page made.
  if (standing.state === "open" || standing.state === "unknown") return;
  const id = `seen-${paymentId}-${standing.state}`;
  if (standing.state === "succeeded") {
    await applyPaymentEvent(ctx, { id, paymentId, kind: "succeeded", providerPaymentId: standing.providerPaymentId });
  } else {
    await applyPaymentEvent(ctx, { id, paymentId, kind: standing.state });
  }
}

/** Ends what the provider has not been heard of for too long. It stays unsettled, and so the provider is asked later. */
async function endUnheardPayments(ctx: ProviderContext): Promise<void> {
  const endedBefore = before(ctx.clock(), patience);
  for (const { id, order_id: orderId } of await selectUnheardPayments(ctx.db, { endedBefore, limit: mostAtOnce })) {
    await ctx.db.transaction().execute(async (trx) => {
      await lockOrder(trx, orderId);
      const payment = await lockPayment(trx, id);
      if (payment?.state !== "pending") return;
      await changePayment(trx, payment, { state: "expired", eventId: newId(ctx), at: ctx.clock() });
    });
  }
}

const before = (now: Date, milliseconds: number): Date => new Date(now.getTime() - milliseconds);
