import type { PaymentStanding } from "@tessera/core";
import { Stripe } from "stripe";

/** What is read of a Checkout Session. */
export type StripePage = Pick<
  Stripe.Checkout.Session,
  "id" | "status" | "payment_status" | "payment_intent" | "url" | "client_reference_id"
>;

/** How a payment stands by its page. Complete and unpaid: a delayed method, which may still bring money. */
export function standingOf(page: StripePage | undefined): PaymentStanding {
  if (page === undefined) return { state: "unknown" };
  if (page.status === "expired") return { state: "expired" };
  if (page.status !== "complete" || page.payment_status === "unpaid") return { state: "open" };
  return { state: "succeeded", providerPaymentId: idOf(page.payment_intent) };
}

/** Stripe gives another object as its id, or as a whole where it was asked to. */
export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === "object" ? (reference?.id ?? null) : reference;
}

/** Whether an error is Stripe's definite no to what was asked, which asking again would not change. */
export function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  const { StripeInvalidRequestError, StripeCardError } = Stripe.errors;
  return error instanceof StripeInvalidRequestError || error instanceof StripeCardError;
}

/** Whether an answer is the stored one to an earlier request with the same idempotency key. */
export function isReplay(headers: Record<string, string | string[] | undefined> | undefined): boolean {
  return headers?.["idempotent-replayed"] === "true";
}
