import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../catalogue/rows.ts";
import { competitionSessionMatches, offerMatches } from "../catalogue/search.queries.ts";

/** Sums and what is not folded into them yet, in one statement and so of one moment. */
export function figures(db: Kysely<Database>) {
  return db
    .selectFrom("sales_sum")
    .select(["offer_id", "competition_session_id", "day", "tickets", "amount_cents", "tax_cents", "orders"])
    .unionAll(
      db
        .selectFrom("sales_delta")
        .select([
          "offer_id",
          "competition_session_id",
          "day",
          (eb) => eb.cast<number>("tickets", "bigint").as("tickets"),
          "amount_cents",
          "tax_cents",
          (eb) => eb.cast<number>("orders", "bigint").as("orders"),
        ]),
    );
}

const tickets = sql<number>`coalesce(sum(figures.tickets), 0)::bigint`;
const amountCents = sql<number>`coalesce(sum(figures.amount_cents), 0)::bigint`;
const taxCents = sql<number>`coalesce(sum(figures.tax_cents), 0)::bigint`;
const total = sql<number>`count(*) over ()::integer`;

export async function selectTotals(db: Kysely<Database>) {
  return db
    .selectFrom(figures(db).as("figures"))
    .select([
      tickets.as("tickets"),
      amountCents.as("amount_cents"),
      taxCents.as("tax_cents"),
      sql<number>`coalesce(sum(figures.orders), 0)::bigint`.as("orders"),
    ])
    .executeTakeFirstOrThrow();
}

export async function selectCapacity(db: Kysely<Database>) {
  return db
    .selectFrom("seat_pool")
    .select([
      sql<number>`coalesce(sum(capacity), 0)::bigint`.as("capacity"),
      sql<number>`coalesce(sum(taken), 0)::bigint`.as("taken"),
    ])
    .executeTakeFirstOrThrow();
}

/** One row for each day from `from` to `until`, both included, days without sales too. */
export async function selectDays(db: Kysely<Database>, from: string, until: string) {
  return db
    .selectFrom(
      sql<{ day: string }>`
      (select day::date from generate_series(${from}::date, ${until}::date, interval '1 day') as day)`.as("days"),
    )
    .leftJoin(figures(db).as("figures"), "figures.day", "days.day")
    .select(["days.day", tickets.as("tickets"), amountCents.as("amount_cents")])
    .groupBy("days.day")
    .orderBy("days.day")
    .execute();
}

export type SalesPage = { search: string; sort: "amount" | "tickets" | "starts_at"; limit: number; offset: number };

const sortColumns = { amount: "amount_cents", tickets: "tickets", starts_at: "competition_session.starts_at" } as const;

/** Sales by offer and competition session: a package has a row for each that it lets into. */
export async function selectSalesByOffer(db: Kysely<Database>, page: SalesPage) {
  return db
    .selectFrom("offer")
    .innerJoin("offer_entry", "offer_entry.offer_id", "offer.id")
    .innerJoin("seat_pool", "seat_pool.id", "offer_entry.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .innerJoin(figures(db).as("figures"), (join) =>
      join
        .onRef("figures.offer_id", "=", "offer.id")
        .onRef("figures.competition_session_id", "=", "competition_session.id"),
    )
    .where(offerMatches(page.search))
    .select([
      "offer.id as offer_id",
      ...offerNameColumns,
      "seat_pool.category",
      ...competitionSessionColumns,
      tickets.as("tickets"),
      amountCents.as("amount_cents"),
      taxCents.as("tax_cents"),
      total.as("total"),
      // Over the window, and so over all pages, in the same statement: the sum is that of the rows.
      sql<number>`sum(sum(figures.tickets)) over ()::bigint`.as("sum_tickets"),
      sql<number>`sum(sum(figures.amount_cents)) over ()::bigint`.as("sum_amount_cents"),
      sql<number>`sum(sum(figures.tax_cents)) over ()::bigint`.as("sum_tax_cents"),
    ])
    .groupBy(["offer.id", "seat_pool.id", "competition_session.id", "venue.id"])
    .orderBy(sortColumns[page.sort], page.sort === "starts_at" ? "asc" : "desc")
    .orderBy("offer.id")
    .orderBy("competition_session.code")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

/** Sales by competition session, those without any too. */
export async function selectSalesByCompetitionSession(db: Kysely<Database>, page: SalesPage) {
  return db
    .with("sold", () =>
      db
        .selectFrom(figures(db).as("figures"))
        .select([
          "figures.competition_session_id",
          tickets.as("tickets"),
          amountCents.as("amount_cents"),
          taxCents.as("tax_cents"),
        ])
        .groupBy("figures.competition_session_id"),
    )
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .innerJoin("seat_pool", "seat_pool.competition_session_id", "competition_session.id")
    .leftJoin("sold", "sold.competition_session_id", "competition_session.id")
    .where(competitionSessionMatches(page.search))
    .select([
      ...competitionSessionColumns,
      sql<number>`coalesce(sold.tickets, 0)::bigint`.as("tickets"),
      sql<number>`coalesce(sold.amount_cents, 0)::bigint`.as("amount_cents"),
      sql<number>`coalesce(sold.tax_cents, 0)::bigint`.as("tax_cents"),
      sql<number>`sum(seat_pool.capacity)::bigint`.as("capacity"),
      sql<number>`sum(seat_pool.taken)::bigint`.as("taken"),
      total.as("total"),
      sql<number>`sum(coalesce(sold.tickets, 0)) over ()::bigint`.as("sum_tickets"),
      sql<number>`sum(coalesce(sold.amount_cents, 0)) over ()::bigint`.as("sum_amount_cents"),
      sql<number>`sum(coalesce(sold.tax_cents, 0)) over ()::bigint`.as("sum_tax_cents"),
      sql<number>`sum(sum(seat_pool.capacity)) over ()::bigint`.as("sum_capacity"),
      sql<number>`sum(sum(seat_pool.taken)) over ()::bigint`.as("sum_taken"),
    ])
    .groupBy(["competition_session.id", "venue.id", "sold.tickets", "sold.amount_cents", "sold.tax_cents"])
    .orderBy(sortColumns[page.sort], page.sort === "starts_at" ? "asc" : "desc")
    .orderBy("competition_session.code")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}
