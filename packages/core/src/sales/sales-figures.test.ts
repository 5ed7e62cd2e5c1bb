import type { OfferKind } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AdminOfferFacts, listOffers } from "../catalogue/list-offers.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { foldSales } from "./fold-sales.ts";
import { listSalesByCompetitionSession, listSalesByOffer, readSalesSummary } from "./sales-figures.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let solo: AdminOfferFacts;
let family: AdminOfferFacts;
let swimmingDuo: AdminOfferFacts;

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db, now: new Date("2028-07-10T23:30:00Z") });
  await stockProgramme(context.ctx, [
    // Prices that do not divide evenly: the sums must still be right to the cent.
    { category: "A", priceCents: 33_33 },
    {
      code: "SWM01",
      disciplineCode: "SWM",
      discipline: "Swimming",
      events: "Relays",
      venueCode: "POO",
      venue: "Pool",
      priceCents: 10_01,
    },
  ]);
  solo = await offer("ATH01", "solo");
  family = await offer("ATH01", "family");
  swimmingDuo = await offer("SWM01", "duo");
  await sell("ATH01", "solo", 1);
  await sell("SWM01", "duo", 2);
  context.clock.advance(3_600_000);
  await sell("ATH01", "family", 1);
  await reserveOne(context.ctx, await registerVisitor(context.ctx), { quantity: 3 });
});
afterAll(() => database.drop());

async function offer(code: string, kind: OfferKind): Promise<AdminOfferFacts> {
  const { offers } = await listOffers(context.ctx, { search: code, page: 1, pageSize: 100 });
  const found = offers.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} in ${code}`);
  return found;
}

/** Somebody new buys and pays. */
async function sell(code: string, kind: OfferKind, quantity: number): Promise<void> {
  await buy(context.ctx, await registerVisitor(context.ctx), { code, kind, quantity });
}

const firstPage = { search: "", page: 1, pageSize: 25, sort: "amount" as const };

async function readAll() {
  return {
    summary: await readSalesSummary(context.ctx),
    byOffer: await listSalesByOffer(context.ctx, firstPage),
    bySession: await listSalesByCompetitionSession(context.ctx, firstPage),
  };
}

async function countRows() {
  const { rows } = await sql<{ deltas: number; sums: number }>`
    select (select count(*) from sales_delta)::integer as deltas, (select count(*) from sales_sum)::integer as sums`.execute(
    database.db,
  );
  return rows[0];
}

/** What the ledger says, which nothing folds: the figures must add up to exactly that. */
async function ledger() {
  const { rows } = await sql<{ tickets: number; cents: number }>`
    select sum(tickets)::integer as tickets, sum(amount_cents)::integer as cents from ledger_entry`.execute(
    database.db,
  );
  return rows[0];
}

test("the figures are right to the cent while they are deltas, and the same once they are folded", async () => {
  const cents = solo.priceCents + family.priceCents + 2 * swimmingDuo.priceCents;
  expect(await countRows()).toEqual({ deltas: 3, sums: 0 });
  const before = await readAll();
  expect(before.summary).toMatchObject({ tickets: 9, amountCents: cents, orders: 3, capacity: 200, taken: 12 });
  expect(await ledger()).toEqual({ tickets: 9, cents });
  expect(before.byOffer.rows.map(({ offerId, tickets, amountCents }) => [offerId, tickets, amountCents])).toEqual([
    [family.id, 4, family.priceCents],
    [swimmingDuo.id, 4, 2 * swimmingDuo.priceCents],
    [solo.id, 1, solo.priceCents],
  ]);
  expect(
    before.bySession.rows.map((row) => [
      row.competitionSession.code,
      row.tickets,
      row.amountCents,
      row.taken,
      row.capacity,
    ]),
  ).toEqual([
    ["ATH01", 5, family.priceCents + solo.priceCents, 8, 100],
    ["SWM01", 4, 2 * swimmingDuo.priceCents, 4, 100],
  ]);

  expect(await foldSales(context.ctx)).toBe(3);
  expect(await countRows()).toEqual({ deltas: 0, sums: 3 });
  expect(await readAll()).toEqual(before);
});

test("a sale after folding is added to the sums, in figures of sums and deltas together", async () => {
  await foldSales(context.ctx);
  const before = await readSalesSummary(context.ctx);
  await sell("ATH01", "family", 1);
  const mixed = await readAll();
  expect(mixed.summary.amountCents).toBe(before.amountCents + family.priceCents);
  expect(mixed.summary.tickets).toBe(before.tickets + 4);
  expect((await countRows())?.deltas).toBe(1);
  await foldSales(context.ctx);
  expect(await readAll()).toEqual(mixed);
  expect(await ledger()).toEqual({ tickets: mixed.summary.tickets, cents: mixed.summary.amountCents });
});

test("each of the last 30 days has its own sum, in UTC, days without sales too", async () => {
  const { days, amountCents } = await readSalesSummary(context.ctx);
  expect(days).toHaveLength(30);
  expect(days[0]).toEqual({ day: "2028-06-12", tickets: 0, amountCents: 0 });
  expect(days.at(-2)).toEqual({
    day: "2028-07-10",
    tickets: 5,
    amountCents: solo.priceCents + 2 * swimmingDuo.priceCents,
  });
  expect(days.at(-1)?.day).toBe("2028-07-11");
  expect(days.reduce((sum, day) => sum + day.amountCents, 0)).toBe(amountCents);
});

test("purchases and folds at once lose and double nothing, and no reader sees a sum go down", async () => {
  const before = await readSalesSummary(context.ctx);
  const fresh = await offer("SWM01", "solo");
  const bought = new AbortController();
  const seen: number[] = [];
  const reader = (async () => {
    while (!bought.signal.aborted) seen.push((await readSalesSummary(context.ctx)).amountCents);
  })();
  const folder = (async () => {
    while (!bought.signal.aborted) await Promise.all([foldSales(context.ctx), foldSales(context.ctx)]);
  })();
  for (let sale = 0; sale < 10; sale += 1) await sell("SWM01", "solo", 2);
  bought.abort();
  await Promise.all([reader, folder]);
  const after = await readSalesSummary(context.ctx);
  expect(after.amountCents).toBe(before.amountCents + 20 * fresh.priceCents);
  expect(after.tickets).toBe(before.tickets + 20);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
});

test("sales are searched, sorted and cut into pages", async () => {
  const { rows } = await listSalesByOffer(context.ctx, { ...firstPage, search: "relays pool", sort: "tickets" });
  expect(rows.map((row) => row.tickets)).toEqual([20, 4]);
  expect(await listSalesByOffer(context.ctx, { ...firstPage, search: "nothing" })).toMatchObject({
    total: 0,
    sum: { tickets: 0, amountCents: 0, taxCents: 0 },
    rows: [],
  });
  const page = await listSalesByCompetitionSession(context.ctx, {
    ...firstPage,
    sort: "starts_at",
    pageSize: 1,
    page: 2,
  });
  const { amountCents, tickets } = await readSalesSummary(context.ctx);
  expect(page).toMatchObject({
    total: 2,
    // Of both rows, though the page has one.
    sum: { tickets, amountCents, capacity: 200 },
    rows: [{ competitionSession: { code: "SWM01" } }],
  });
});

test("past the last page there are no rows, and the sums are still those of all that is found", async () => {
  for (const search of ["", "relays pool"]) {
    const found = { ...firstPage, search };
    const { rows: offers, ...ofOffers } = await listSalesByOffer(context.ctx, found);
    expect(offers.length).toBeGreaterThan(0);
    expect(await listSalesByOffer(context.ctx, { ...found, page: 9 })).toEqual({ ...ofOffers, rows: [] });
    const { rows: _rows, ...ofSessions } = await listSalesByCompetitionSession(context.ctx, found);
    expect(ofSessions.total).toBeGreaterThan(0);
    const past = await listSalesByCompetitionSession(context.ctx, { ...found, page: 9 });
    expect(past).toEqual({ ...ofSessions, rows: [] });
  }
});
