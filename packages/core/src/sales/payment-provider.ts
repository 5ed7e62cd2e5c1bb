import type { Locale } from "@tessera/contracts";

/**
 * What a provider tells us, verified by its adapter. `id` is the provider's own id of the event, and the same however
 * often it is told; `providerPaymentId` is the provider's name for the money, by which it is paid back; `attempt` is the one
 * that a refund was sent with.
 */
export type PaymentEvent =
  | { id: string; paymentId: string; kind: "succeeded"; providerPaymentId: string | null }
  | { id: string; paymentId: string; kind: "refused" | "abandoned" | "expired" }
  | { id: string; paymentId: string; kind: "refund_succeeded" | "refund_failed"; refundId: string; attempt: number };

/** What a page is made of: the same whenever it is asked for, so that a provider can find by it what it has made. */
export type PaymentToMake = {
  paymentId: string;
  orderId: string;
  reference: string;
  amountCents: number;
  expiresAt: Date;
  locale: Locale;
  /** The order's page in the shop, absolute: where the visitor comes back to, paid or not. */
  returnUrl: string;
};

/** `pageId` is the provider's name for the page; null if it never answered with one, and then nobody was led there. */
export type KnownPayment = PaymentToMake & { pageId: string | null };

/** How a payment stands at the provider. `open`: its page can still be paid. `unknown`: it has no page for it. */
export type PaymentStanding =
  | { state: "succeeded"; providerPaymentId: string | null }
  | { state: "open" | "refused" | "abandoned" | "expired" | "unknown" };

/** One interface for the demo's hosted page and for Stripe. Never called inside a transaction. */
export type PaymentProvider = {
  name: "demo" | "stripe";
  /** `paymentId` is the idempotency key: asked twice, the provider answers with the same page. */
  start(payment: PaymentToMake): Promise<{ redirectUrl: string; pageId: string }>;
  /**
   * Closes the page, so that nobody can pay there any more, also if it is only about to be made, and gives what stands
   * then. `open`: it cannot be closed yet, since a payment is just going through.
   */
  close(payment: KnownPayment): Promise<PaymentStanding>;
  /** What stands now: for what a webhook should have told and did not. */
  look(payment: KnownPayment): Promise<PaymentStanding>;
  /**
   * The refund's id and its attempt are the idempotency key: 1, and one more each time that the provider said it failed
   * and an admin has it tried again. `sent`: a webhook will tell how it ends. Throws when the provider cannot be reached,
   * and is then asked again.
   */
  refund(refund: {
    refundId: string;
    attempt: number;
    paymentId: string;
    providerPaymentId: string | null;
    amountCents: number;
  }): Promise<{ state: "sent" | "succeeded" | "failed"; providerRefundId: string | null }>;
};
