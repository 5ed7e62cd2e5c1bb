import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { applyPaymentEvent, type PaymentContext } from "./apply-payment-event.ts";
import { askInTurn, PageStillOpenError, type ProviderRun } from "./ask-in-turn.ts";
import {
  type CheckedPayment,
  claimOverduePayment,
  claimQuietPayment,
  countStranded,
  isHeardOf,
  selectUnheardPayments,
} from "./checked-payments.queries.ts";
import { toKnownPayment } from "./known-payment.ts";
import { lockOrder } from "./orders.queries.ts";
import type { PaymentStanding } from "./payment-provider.ts";
import { changePayment, lockPayment } from "./payments.queries.ts";

export type ProviderContext = PaymentContext & Pick<CoreContext, "payments">;

const minute = 60_000;
const mostEnded = 100;

/** How long seats are kept past the end of a page that cannot be closed, since the provider does not answer. */
const patience = 10 * minute;
/** After as long without a word the provider is asked. */
const quiet = 2 * minute;

/**
 * Closes the provider's pages of orders whose time is over, each before its seats are given back
 * (`expireOverdueOrders`), or applies that it was paid. While the provider does not answer about one, its seats stay for
 * 10 minutes past the end of the page; then the payment ends without it, and money that yet arrives is late money. So does
 * what nobody came to ask about, once the provider has not been heard of for as long, and what was begun with a provider
 * that is not in use any more. Right when it runs twice at once, late, or is killed in between.
 */
export async function closeOverduePages(ctx: ProviderContext, signal?: AbortSignal): Promise<ProviderRun> {
  const provider = ctx.payments.name;
  const run = await askInTurn({
    next: () => claimOverduePayment(ctx.db, { provider, now: ctx.clock() }),
    ask: async (payment) => {
      try {
        await closePage(ctx, payment);
      } catch (cause) {
        const isHopeless = !(cause instanceof PageStillOpenError) && hasPatienceEnded(ctx, payment);
        if (isHopeless) await endUnsettled(ctx, payment);
        throw cause;
      }
    },
    signal,
  });
  const since = new Date(ctx.clock().getTime() - patience);
  const ofAll = run.isAway && !(await isHeardOf(ctx.db, { provider, since }));
  const unheard = await selectUnheardPayments(ctx.db, { provider, ofAll, endedBefore: since, limit: mostEnded });
  for (const payment of unheard) await endUnsettled(ctx, payment);
  return run;
}

/**
 * Asks the provider about payments that nobody has told us about for two minutes, and applies what it says; so a webhook
 * that was lost loses no money. Also about those that were ended without it, until it has said what became of them.
 */
export async function reconcilePayments(ctx: ProviderContext, signal?: AbortSignal): Promise<ProviderRun> {
  return askInTurn({
    next: () => {
      const now = ctx.clock();
      const quietSince = new Date(now.getTime() - quiet);
      return claimQuietPayment(ctx.db, { provider: ctx.payments.name, now, quietSince });
    },
    ask: (payment) => (payment.state === "pending" ? lookAt(ctx, payment) : closePage(ctx, payment)),
    signal,
  });
}

/**
 * How many payments and refunds wait for a provider that is not in use any more. Nobody asks it, so somebody has to look
 * in its own books, or to use it again for a while.
 */
export async function countStrandedPayments(
  ctx: Pick<CoreContext, "db" | "payments">,
): Promise<{ payments: number; refunds: number }> {
  return countStranded(ctx.db, ctx.payments.name);
}

/**
 * Closes a payment's page at its provider and applies what stands then. Rejects when the provider does not answer, or is
 * another one than it was then, or cannot close the page yet (`PageStillOpenError`).
 */
export async function closePage(ctx: ProviderContext, payment: Omit<CheckedPayment, "state">): Promise<void> {
  if (payment.provider !== ctx.payments.name) throw new Error(`the provider ${payment.provider} is not in use`);
  const standing = await ctx.payments.close(toKnownPayment(ctx, payment));
  if (standing.state === "open") throw new PageStillOpenError();
  if (standing.state !== "unknown") return applyStanding(ctx, payment.id, standing);
  // A page that was never made is one that nobody can pay on. It may be just about to be made, though: whoever does it
  // closes it then; and should that be killed in between, it is asked for again until long after.
  if (!hasPatienceEnded(ctx, payment)) return endUnsettled(ctx, payment);
  await applyStanding(ctx, payment.id, { state: "expired" });
}

async function lookAt(ctx: ProviderContext, payment: CheckedPayment): Promise<void> {
  await applyStanding(ctx, payment.id, await ctx.payments.look(toKnownPayment(ctx, payment)));
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

/** Ends a payment of which its provider has not said how it ended. It stays unsettled, and so the provider is asked later. */
async function endUnsettled(ctx: PaymentContext, payment: { id: string; order_id: string }): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await lockOrder(trx, payment.order_id);
    const known = await lockPayment(trx, payment.id);
    if (known?.state !== "pending") return;
    await changePayment(trx, known, { state: "expired", eventId: newId(ctx), at: ctx.clock() });
  });
}

const hasPatienceEnded = (ctx: Pick<CoreContext, "clock">, payment: { page_expires_at: Date }): boolean =>
  payment.page_expires_at.getTime() + patience <= ctx.clock().getTime();
