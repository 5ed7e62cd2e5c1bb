/** What a provider tells us about a payment, verified by its adapter. `id` is the provider's own id of the event. */
export type PaymentEvent = { id: string; paymentId: string; kind: "succeeded" | "refused" | "abandoned" };

/** One interface for the demo's hosted page and for Stripe. Never called inside a transaction. */
export type PaymentProvider = {
  name: "demo" | "stripe";
  /** `paymentId` is the idempotency key: asked twice, the provider answers with the same page. */
  start(payment: { paymentId: string; amountCents: number; expiresAt: Date }): Promise<{ redirectUrl: string }>;
  /** The refund's id is its idempotency key. */
  refund(refund: { refundId: string; paymentId: string; amountCents: number }): Promise<void>;
};
