import { z } from "zod";
import { category, competitionSessionSummary, offerKind } from "./catalogue.ts";
import { cents, currency, freeText, id, idempotencyKey, instant, localized } from "./common.ts";
import { limitsFit, purchaseLimits } from "./purchase-limits.ts";
import { order, orderState, paymentState, refundReason, refundState } from "./sales.ts";

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

/** What has happened to a ticket, and to the offers to hand it over; the latter end in the states of a hand-over. */
export const ticketSteps = [
  "issued",
  "activated",
  "moved",
  "printed",
  "named",
  "offered",
  "refused",
  "taken_back",
  "expired",
  "void",
  "handed_over",
  "blocked",
  "unblocked",
  "admitted",
  "cancelled",
] as const;
export const ticketStep = z.enum(ticketSteps);
export type TicketStep = z.infer<typeof ticketStep>;

export const adminOrder = z.object({
  order,
  buyer: z.object({ accountId: id, displayName: z.string(), email: z.string() }).nullable(),
  tickets: z.array(
    z.object({
      id,
      reference: z.string(),
      state: z.enum(["issued", "admitted", "cancelled"]),
      /** Who goes in with it, as it is written on it. */
      holderName: z.string(),
      /** Whose it is now; null when the account was deleted. */
      holder: z.object({ accountId: id, displayName: z.string(), email: z.string() }).nullable(),
      category,
      priceCents: cents,
      taxCents: cents,
      competitionSession: competitionSessionSummary,
      /** Not used (or of a competition session that is cancelled), and of a payment that can be paid back, if not free. */
      refundable: z.boolean(),
      blocked: z.object({ at: instant, note: z.string() }).nullable(),
      /** Oldest first. */
      history: z.array(
        z.object({
          step: ticketStep,
          at: instant,
          /** Of hand-overs: who has given it, by today's name, and the address that it was offered to. Null once forgotten. */
          from: z.string().nullable(),
          to: z.string().nullable(),
          /** Where it was admitted. */
          gate: z.string().nullable(),
        }),
      ),
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
/** The note is for the staff. */
export const blockTicketInput = z.object({ ticketId: id, note: freeText.trim().min(1).max(500) });
export const ticketIdInput = z.object({ ticketId: id });
export const refundIdInput = z.object({ refundId: id });

/** What holds for all sales. Tax in hundredths of a percent of the price without it. */
export const salesSettings = z.object({
  limits: purchaseLimits,
  taxRateBp: z.int().min(0).max(5000),
  /** Raised with each change; a change names the one it saw. */
  version: z.int(),
});
export type SalesSettings = z.infer<typeof salesSettings>;
export const changeSettingsInput = salesSettings.refine(({ limits }) => limitsFit(limits), {
  message: "limits_inconsistent",
  path: ["limits", "games"],
});

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
