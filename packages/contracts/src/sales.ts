import { z } from "zod";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { cents, currency, freeText, id, idempotencyKey, instant, localized } from "./common.ts";

/** The defaults are those of Paris 2024; an admin will be able to change them. */
export const defaultPurchaseLimits = { games: 30, competitionSession: 6, ceremony: 4 } as const;
export type PurchaseLimits = { games: number; competitionSession: number; ceremony: number };

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

export const paymentStates = ["pending", "succeeded", "refused", "abandoned", "refunded"] as const;
export const paymentState = z.enum(paymentStates);
export type PaymentState = z.infer<typeof paymentState>;

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
});

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
  payment: z.object({ id, state: paymentState }).nullable(),
  lines: z.array(orderLine),
});
export type Order = z.output<typeof order>;

export const orders = z.array(order);

export const orderIdInput = z.object({ orderId: id });
export const startPaymentInput = z.object({ orderId: id, idempotencyKey });
/** Where the provider takes the money. */
export const startedPayment = z.object({ redirectUrl: z.string() });

// The dashboard's side. Money is exact: sums and what is not folded into them yet are read together.

export const salesFigures = z.object({ tickets: z.int(), amountCents: z.int() });

export const salesSummary = salesFigures.extend({
  currency,
  orders: z.int(),
  capacity: z.int(),
  taken: z.int(),
  /** One point for each of the last 30 days, oldest first, days in UTC. */
  days: z.array(salesFigures.extend({ day: z.iso.date() })),
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
