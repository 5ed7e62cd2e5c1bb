import { appLink } from "../mail/queue-mail.ts";
import type { Policy } from "../ports.ts";
import type { CheckedPayment } from "./checked-payments.queries.ts";
import type { KnownPayment } from "./payment-provider.ts";

type Row = Omit<CheckedPayment, "provider" | "state">;

/** A payment as its provider is asked about it: nothing of it depends on when it is asked. */
export function toKnownPayment(ctx: { policy: Pick<Policy, "appUrls"> }, payment: Row): KnownPayment {
  return {
    paymentId: payment.id,
    orderId: payment.order_id,
    reference: payment.reference,
    amountCents: payment.amount_cents,
    expiresAt: payment.page_expires_at,
    locale: payment.locale,
    returnUrl: appLink(ctx, "shop", `orders/${payment.order_id}`),
    pageId: payment.provider_page_id,
  };
}
