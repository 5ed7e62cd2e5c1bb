import type { Order } from "@tessera/contracts";

/** One wish to pay an order, and the attempt that it came after. */
export type PaymentWish = { readonly idempotencyKey: string; readonly afterPaymentId: string | null };

/**
 * The wish to go on with: the remembered one as long as what it began may still be under way, so that pressing again, or
 * coming back from the provider's page, leads to the same page and never to a second payment; a new one after a refusal.
 */
export function paymentWish(
  payment: Order["payment"],
  remembered: PaymentWish | null,
  newKey: () => string,
): PaymentWish {
  const over = payment !== null && payment.state !== "pending";
  const afterPaymentId = over ? payment.id : null;
  if (remembered !== null && (!over || remembered.afterPaymentId === afterPaymentId)) return remembered;
  return { idempotencyKey: newKey(), afterPaymentId };
}

const storageKey = (orderId: string): string => `tessera.payment.${orderId}`;

/** The idempotency key for paying this order now; remembered in this browser. */
export function paymentKey(order: Order): string {
  const wish = paymentWish(order.payment, storedWish(order.id), () => crypto.randomUUID());
  try {
    localStorage.setItem(storageKey(order.id), JSON.stringify(wish));
  } catch {
    // Without storage a second press asks anew, and the server answers that a payment is under way.
  }
  return wish.idempotencyKey;
}

/** After a definite refusal, or once the order is settled. */
export function forgetPaymentKey(orderId: string): void {
  try {
    localStorage.removeItem(storageKey(orderId));
  } catch {
    // Nothing was stored then.
  }
}

function storedWish(orderId: string): PaymentWish | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey(orderId)) ?? "null");
    return isWish(value) ? value : null;
  } catch {
    return null;
  }
}

function isWish(value: unknown): value is PaymentWish {
  return (
    typeof value === "object" &&
    value !== null &&
    "idempotencyKey" in value &&
    typeof value.idempotencyKey === "string" &&
    "afterPaymentId" in value &&
    (value.afterPaymentId === null || typeof value.afterPaymentId === "string")
  );
}
