import { randomUUID } from "node:crypto";
import type { PaymentEvent } from "../sales/payment-provider.ts";

/** What a provider tells of a payment, under an id of its own unless one is given. */
export function told(
  paymentId: string,
  kind: "succeeded" | "refused" | "abandoned" | "expired",
  id: string = randomUUID(),
): PaymentEvent {
  return kind === "succeeded"
    ? { id, paymentId, kind, providerPaymentId: `money-${paymentId}` }
    : { id, paymentId, kind };
}
