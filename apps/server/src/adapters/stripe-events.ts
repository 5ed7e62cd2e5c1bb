import type { PaymentEvent } from "@tessera/core";
import type { Stripe } from "stripe";
import { z } from "zod";
import type { Logger } from "../log.ts";
import { idOf } from "./stripe-answers.ts";

const ours = z.uuid();
const ourRefund = z.object({ refundId: ours, paymentId: ours, attempt: z.coerce.number().int().positive() });

/**
 * What an event of Stripe's says to the books; `ignored` when it says nothing to them. What another program does with the
 * same account carries no id of ours.
 *
 * Left out on purpose: `payment_intent.payment_failed`, since a page whose card was refused takes another one, and so the
 * payment goes on; `charge.refunded`, which says once more what `refund.…` say, and not for which refund.
 */
export function readStripeEvent(event: Stripe.Event, log: Pick<Logger, "warn">): PaymentEvent | "ignored" {
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded": {
      const page = event.data.object;
      // A delayed method: another event tells how it ends.
      if (page.payment_status === "unpaid") return "ignored";
      const providerPaymentId = idOf(page.payment_intent);
      return ofPayment(page, (paymentId) => ({ id: event.id, paymentId, kind: "succeeded", providerPaymentId }));
    }
    case "checkout.session.async_payment_failed":
      return ofPayment(event.data.object, (paymentId) => ({ id: event.id, paymentId, kind: "refused" }));
    case "checkout.session.expired":
      return ofPayment(event.data.object, (paymentId) => ({ id: event.id, paymentId, kind: "expired" }));
    case "refund.created":
    case "refund.updated":
    case "refund.failed":
      return readRefund(event.id, event.data.object, log);
    case "charge.dispute.created":
    case "charge.dispute.updated":
    case "charge.dispute.closed":
    case "charge.dispute.funds_withdrawn":
    case "charge.dispute.funds_reinstated":
      log.warn(
        { stripeEvent: event.id, type: event.type, providerPaymentId: idOf(event.data.object.payment_intent) },
        "a payment is disputed: answer it at Stripe",
      );
      return "ignored";
    default:
      return "ignored";
  }
}

function ofPayment(
  { metadata }: Pick<Stripe.Checkout.Session, "metadata">,
  eventOf: (paymentId: string) => PaymentEvent,
): PaymentEvent | "ignored" {
  const paymentId = ours.safeParse(metadata?.["paymentId"]);
  return paymentId.success ? eventOf(paymentId.data) : "ignored";
}

function readRefund(id: string, refund: Stripe.Refund, log: Pick<Logger, "warn">): PaymentEvent | "ignored" {
  const known = ourRefund.safeParse(refund.metadata);
  if (!known.success) {
    log.warn(
      { stripeEvent: id, providerRefundId: refund.id, providerPaymentId: idOf(refund.payment_intent) },
      "money was paid back at Stripe and not in the dashboard: the books do not have it",
    );
    return "ignored";
  }
  const told = { id, ...known.data };
  if (refund.status === "succeeded") return { ...told, kind: "refund_succeeded" };
  if (refund.status === "failed" || refund.status === "canceled") return { ...told, kind: "refund_failed" };
  return "ignored";
}
