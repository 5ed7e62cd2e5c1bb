import { z } from "zod";
import { errorDetails } from "./api-error.ts";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { cents, currency, id, idempotencyKey, instant, localized } from "./common.ts";
import { errorCodes } from "./error-codes.ts";

export const orderStates = [
  "held",
  "awaiting_payment",
  "paid",
  "partly_refunded",
  "refunded",
  "expired",
  "cancelled",
] as const;
export const orderState = z.enum(orderStates);
export type OrderState = z.infer<typeof orderState>;

/** `abandoned`: the visitor left the provider's page; `expired`: that page was closed before anybody paid. */
export const paymentStates = [
  "pending",
  "succeeded",
  "refused",
  "abandoned",
  "expired",
  "partly_refunded",
  "refunded",
] as const;
export const paymentState = z.enum(paymentStates);
export type PaymentState = z.infer<typeof paymentState>;

/** `requested`: the provider was not asked yet; `sent`: it has taken the order and the money is on its way. */
export const refundStates = ["requested", "sent", "succeeded", "failed"] as const;
export const refundState = z.enum(refundStates);
export type RefundState = z.infer<typeof refundState>;

/**
 * `organiser` and `session_cancelled` take tickets back; the latter is also said of money that arrived after the
 * competition session was cancelled, for which no tickets were made. All others: money that arrived when the seats were
 * gone, and goes back without anybody asking.
 */
export const refundReasons = [
  "no_seats_left",
  "limit_reached",
  "not_on_sale",
  "session_cancelled",
  "paid_twice",
  "account_deleted",
  "organiser",
] as const;
export const refundReason = z.enum(refundReasons);
export type RefundReason = z.infer<typeof refundReason>;

export const basketLine = z.object({
  offerId: id,
  quantity: z.int().min(1).max(30),
  /** What the visitor saw. If it has changed meanwhile, the answer is `price_changed` and nothing is held. */
  unitPriceCents: cents,
});
export type BasketLine = z.infer<typeof basketLine>;

export const reserveInput = z.object({
  idempotencyKey,
  lines: z
    .array(basketLine)
    .min(1)
    .max(30)
    .refine((lines) => new Set(lines.map((line) => line.offerId)).size === lines.length, {
      message: "one_line_per_offer",
    }),
  /** The shopper's consent to get less than asked for: of each line what can be had, and nothing of the rest. */
  partial: z.boolean().default(false),
  /** Whether this wish may have been sent before under the same key: then it is not refused without a look at the database. */
  retry: z.boolean().default(false),
});

/** The answer to a wish to reserve. It is stored with its key: asked again, it is the same to the letter. */
export const reservation = z.object({
  orderId: id,
  reference: z.string(),
  currency,
  totalCents: cents,
  /** As it was granted; starting a payment makes it later. ISO 8601. */
  holdExpiresAt: z.iso.datetime(),
  /** One for each line of the wish, in its order. */
  lines: z.array(
    z.object({
      offerId: id,
      quantity: z.int(),
      /** Less than the quantity only with the shopper's consent; then `refusal` says why. */
      granted: z.int().min(0),
      refusal: z.object({ code: z.enum(errorCodes), details: errorDetails }).nullable(),
    }),
  ),
});
export type Reservation = z.output<typeof reservation>;

/** Exact, for the basket of somebody who is signed in; at most a second old. */
export const availabilityInput = z.object({ offerIds: z.array(id).min(1).max(30) });
export const exactAvailability = z.array(
  z.object({
    offerId: id,
    /** Whole units that can be had now; 0 when it is sold out or not on sale. */
    left: z.int().min(0),
    onSale: z.boolean(),
    /** Null when it was withdrawn. */
    priceCents: cents.nullable(),
  }),
);
export type ExactAvailability = z.output<typeof exactAvailability>;

export const orderLine = z.object({
  id,
  offerId: id,
  kind: offerKind,
  persons: z.int(),
  name: localized.nullable(),
  quantity: z.int(),
  unitPriceCents: cents,
  totalCents: cents,
  entries: z.array(z.object({ competitionSession: competitionSessionSummary, category })),
});
export type OrderLine = z.output<typeof orderLine>;

export const order = z.object({
  id,
  /** Ten characters for people: on the order page, in mails, at the gate. */
  reference: z.string(),
  state: orderState,
  currency,
  totalCents: cents,
  createdAt: instant,
  /** Until when the seats are kept; null once it is paid or over. */
  holdExpiresAt: instant.nullable(),
  paidAt: instant.nullable(),
  /** The money came when the seats had been released, and seats were taken for it again. */
  paidLate: z.boolean(),
  payment: z.object({ id, state: paymentState }).nullable(),
  /** Newest first. */
  refunds: z.array(
    z.object({
      id,
      amountCents: cents,
      reason: refundReason,
      state: refundState,
      createdAt: instant,
      settledAt: instant.nullable(),
    }),
  ),
  lines: z.array(orderLine),
});
export type Order = z.output<typeof order>;

export const orders = z.array(order);

export const orderIdInput = z.object({ orderId: id });
export const startPaymentInput = z.object({ orderId: id, idempotencyKey });
/** Where the provider takes the money. */
export const startedPayment = z.object({ redirectUrl: z.string() });
