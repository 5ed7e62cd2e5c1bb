import type { salesByCompetitionSession, salesByOffer, salesSummary, Facts } from "@tessera/contracts";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import {
  type SalesPage,
  selectCapacity,
  selectDays,
  selectSalesByCompetitionSession,
  selectSalesByOffer,
  selectTotals,
} from "./sales-figures.queries.ts";

type SalesInput = { search: string; page: number; pageSize: number; sort: "amount" | "tickets" | "starts_at" };

const currency = "EUR" as const;
const days = 30;

/** What was sold in all, and on each of the last 30 days (UTC). Exact at the moment of asking. */
export async function readSalesSummary(ctx: Pick<CoreContext, "db" | "clock">): Promise<Facts<typeof salesSummary>> {
  const today = ctx.clock();
  const first = new Date(today.getTime() - (days - 1) * 86_400_000);
  const [totals, capacity, perDay] = await Promise.all([
    selectTotals(ctx.db),
    selectCapacity(ctx.db),
    selectDays(ctx.db, dayOf(first), dayOf(today)),
  ]);
  return {
    currency,
    tickets: totals.tickets,
    amountCents: totals.amount_cents,
    taxCents: totals.tax_cents,
    orders: totals.orders,
    ...capacity,
    days: perDay.map(({ day, tickets, amount_cents: amountCents }) => ({ day, tickets, amountCents })),
  };
}

/** Sales by offer, those that have sold anything. */
export async function listSalesByOffer(
  ctx: Pick<CoreContext, "db">,
  input: SalesInput,
): Promise<Facts<typeof salesByOffer>> {
  const { rows, first } = await readPage(input, (page) => selectSalesByOffer(ctx.db, page));
  return {
    currency,
    total: first?.total ?? 0,
    sum: {
      tickets: first?.sum_tickets ?? 0,
      amountCents: first?.sum_amount_cents ?? 0,
      taxCents: first?.sum_tax_cents ?? 0,
    },
    rows: rows.map((row) => ({
      offerId: row.offer_id,
      ...toOfferName(row),
      category: toCategory(row.category),
      competitionSession: toCompetitionSession(row),
      tickets: row.tickets,
      amountCents: row.amount_cents,
      taxCents: row.tax_cents,
    })),
  };
}

/** Sales by competition session, with how full each is. */
export async function listSalesByCompetitionSession(
  ctx: Pick<CoreContext, "db">,
  input: SalesInput,
): Promise<Facts<typeof salesByCompetitionSession>> {
  const { rows, first } = await readPage(input, (page) => selectSalesByCompetitionSession(ctx.db, page));
  return {
    currency,
    total: first?.total ?? 0,
    sum: {
      tickets: first?.sum_tickets ?? 0,
      amountCents: first?.sum_amount_cents ?? 0,
      taxCents: first?.sum_tax_cents ?? 0,
      capacity: first?.sum_capacity ?? 0,
      taken: first?.sum_taken ?? 0,
    },
    rows: rows.map((row) => ({
      competitionSession: toCompetitionSession(row),
      tickets: row.tickets,
      amountCents: row.amount_cents,
      taxCents: row.tax_cents,
      capacity: row.capacity,
      taken: row.taken,
    })),
  };
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** A page, and a row that has the sums of all rows: its first one, or that of all where the page is past the last. */
async function readPage<Row>(input: SalesInput, select: (page: SalesPage) => Promise<Row[]>) {
  const rows = await select(pageOf(input));
  const first = rows[0] ?? (input.page > 1 ? (await select(pageOf({ ...input, page: 1, pageSize: 1 })))[0] : undefined);
  return { rows, first };
}

const pageOf = ({ search, sort, page, pageSize }: SalesInput): SalesPage => ({
  search,
  sort,
  limit: pageSize,
  offset: (page - 1) * pageSize,
});
