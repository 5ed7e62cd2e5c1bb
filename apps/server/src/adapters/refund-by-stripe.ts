import type { PaymentProvider } from "@tessera/core";
import type { Stripe } from "stripe";
import { findStripePage } from "./find-stripe-page.ts";
import { idOf, isRefusal } from "./stripe-answers.ts";

type Sent = Awaited<ReturnType<PaymentProvider["refund"]>>;
const refused: Sent = { state: "failed", providerRefundId: null };

/**
 * Pays back by Stripe, once for each attempt. Stripe forgets idempotency keys after a day, and so what it has already made
 * of a refund is looked up first: that counts, however long ago it was asked for.
 */
export async function refundByStripe(
  stripe: Stripe,
  { refundId, attempt, paymentId, providerPaymentId, amountCents }: Parameters<PaymentProvider["refund"]>[0],
): Promise<Sent> {
  const payment_intent = providerPaymentId ?? idOf((await findStripePage(stripe, paymentId))?.payment_intent ?? null);
  if (payment_intent === null) return refused;
  const metadata = { refundId, attempt: String(attempt), paymentId };
  try {
    for await (const known of stripe.refunds.list({ payment_intent, limit: 100 })) {
      if (known.metadata?.["refundId"] !== refundId) continue;
      const sent = sentOf(known);
      if (sent.state !== "failed" || known.metadata["attempt"] === metadata.attempt) return sent;
    }
    const wanted = { payment_intent, amount: amountCents, metadata };
    return sentOf(await stripe.refunds.create(wanted, { idempotencyKey: `${refundId}:${attempt}` }));
  } catch (error) {
    if (isRefusal(error)) return refused;
    throw error;
  }
}

function sentOf({ id, status }: Pick<Stripe.Refund, "id" | "status">): Sent {
  const ended = status === "succeeded" ? "succeeded" : status === "failed" || status === "canceled" ? "failed" : "sent";
  return { state: ended, providerRefundId: id };
}
