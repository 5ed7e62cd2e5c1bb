import { z } from "zod";
import { errorDetails } from "./api-error.ts";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { cents, currency, freeText, id, idempotencyKey, instant, localized } from "./common.ts";
import { errorCodes } from "./error-codes.ts";
import { purchaseLimits } from "./purchase-limits.ts";

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

/** All but `organiser`: money that arrived when the seats were gone, and goes back without anybody asking. */
export const refundReasons = [
  "no_seats_left",
  "limit_reached",
  "not_on_sale",
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

// What organisers do with orders.

export const ordersSearch = z.object({
  /** The reference of an order or ticket, or the beginning of an e-mail address or of words of a name; empty: all. */
  search: freeText.trim().max(80).default(""),
  state: orderState.optional(),
  page: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(100).default(25),
});
export const ordersPage = z.object({
  /** 10,000 at most: nobody turns as many pages, and counting a million orders would keep everybody waiting. */
  total: z.int(),
  orders: z.array(
    z.object({
      id,
      reference: z.string(),
      state: orderState,
      currency,
      totalCents: cents,
      /** Null when the account was deleted. */
      buyer: z.object({ displayName: z.string(), email: z.string() }).nullable(),
      /** How many it is for, issued or not. */
      tickets: z.int(),
      createdAt: instant,
      paidAt: instant.nullable(),
    }),
  ),
});
export type OrdersPage = z.output<typeof ordersPage>;

export const adminOrder = z.object({
  order,
  buyer: z.object({ accountId: id, displayName: z.string(), email: z.string() }).nullable(),
  tickets: z.array(
    z.object({
      id,
      reference: z.string(),
      state: z.enum(["issued", "admitted", "cancelled"]),
      holderName: z.string(),
      category,
      priceCents: cents,
      taxCents: cents,
      competitionSession: competitionSessionSummary,
      /** Issued, not free, and of a payment that can be paid back. */
      refundable: z.boolean(),
    }),
  ),
  payments: z.array(
    z.object({
      id,
      provider: z.enum(["demo", "stripe"]),
      state: paymentState,
      amountCents: cents,
      refundedCents: cents,
      createdAt: instant,
      settledAt: instant.nullable(),
    }),
  ),
  refunds: z.array(
    z.object({
      id,
      paymentId: id,
      amountCents: cents,
      reason: refundReason,
      state: refundState,
      note: z.string().nullable(),
      requestedBy: z.string().nullable(),
      createdAt: instant,
      attemptedAt: instant.nullable(),
      settledAt: instant.nullable(),
    }),
  ),
  /** Every change of the order, its payments, refunds and tickets, oldest first. */
  history: z.array(
    z.object({ of: z.enum(["order", "payment", "refund", "ticket"]), id, state: z.string(), at: instant }),
  ),
});
export type AdminOrder = z.output<typeof adminOrder>;

export const refundTicketsInput = z.object({
  orderId: id,
  idempotencyKey,
  ticketIds: z
    .array(id)
    .min(1)
    .max(600)
    .refine((ids) => new Set(ids).size === ids.length, { message: "same_ticket_twice" }),
  note: freeText.trim().min(1).max(500),
});
export type RefundTicketsInput = z.output<typeof refundTicketsInput>;
export const refundIdInput = z.object({ refundId: id });

/** What holds for all sales. Tax in hundredths of a percent of the price without it. */
export const salesSettings = z.object({
  limits: purchaseLimits,
  taxRateBp: z.int().min(0).max(5000),
  /** Raised with each change; a change names the one it saw. */
  version: z.int(),
});
export type SalesSettings = z.infer<typeof salesSettings>;

// The dashboard's side. Money is exact: sums and what is not folded into them yet are read together.

/** Sold less what was given back. The tax is part of the amount. */
export const salesFigures = z.object({ tickets: z.int(), amountCents: z.int(), taxCents: z.int() });

export const salesSummary = salesFigures.extend({
  currency,
  orders: z.int(),
  capacity: z.int(),
  taken: z.int(),
  /** One point for each of the last 30 days, oldest first, days in UTC. */
  days: z.array(salesFigures.omit({ taxCents: true }).extend({ day: z.iso.date() })),
});
export type SalesSummary = z.output<typeof salesSummary>;

export const salesInput = z.object({
  search: freeText.trim().max(80).default(""),
  page: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(100).default(25),
  sort: z.enum(["amount", "tickets", "starts_at"]).default("amount"),
});

export const salesByOffer = z.object({
  currency,
  total: z.int(),
  /** Over all rows that the search finds, not only those of the page. */
  sum: salesFigures,
  rows: z.array(
    salesFigures.extend({
      offerId: id,
      kind: offerKind,
      persons: z.int(),
      name: localized.nullable(),
      category,
      competitionSession: competitionSessionSummary,
    }),
  ),
});
export type SalesByOffer = z.output<typeof salesByOffer>;

export const salesByCompetitionSession = z.object({
  currency,
  total: z.int(),
  /** Over all rows that the search finds, not only those of the page. */
  sum: salesFigures.extend({ capacity: z.int(), taken: z.int() }),
  rows: z.array(
    salesFigures.extend({ competitionSession: competitionSessionSummary, capacity: z.int(), taken: z.int() }),
  ),
});
export type SalesByCompetitionSession = z.output<typeof salesByCompetitionSession>;
