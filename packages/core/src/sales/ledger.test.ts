import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { openPayment, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { foldSales } from "./fold-sales.ts";
import { foldDeltas } from "./ledger.queries.ts";
import { type PostedTicket, postRefund, postSale } from "./ledger.ts";
import { readSalesSummary } from "./sales-figures.ts";
import { splitCents } from "./split-cents.ts";
import { taxIn } from "./tax.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let orderId: string;
let paymentId: string;
let offerIds: string[];
let sessionIds: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db });
  await stockProgramme(context.ctx, [{ category: "A" }, { code: "ATH02", category: "A" }]);
  const buyer: Actor = await registerVisitor(context.ctx);
  orderId = (await reserveOne(context.ctx, buyer)).id;
  paymentId = await openPayment(context.ctx, buyer, orderId);
  offerIds = (await database.db.selectFrom("offer").select("id").execute()).map(({ id }) => id);
  sessionIds = (await database.db.selectFrom("competition_session").select("id").execute()).map(({ id }) => id);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`truncate ledger_entry, sales_delta, sales_sum`.execute(database.ownerDb);
});

/** A unit of an offer with its tickets, priced as a sale prices them. */
const unit = fc
  .record({
    offer: fc.nat(2),
    session: fc.nat(1),
    priceCents: fc.nat(1_000_00),
    persons: fc.integer({ min: 1, max: 6 }),
    taxRateBp: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ offer, session, priceCents, persons, taxRateBp }) =>
    splitCents(priceCents, persons).map((cents) => ({
      offer,
      session,
      priceCents: cents,
      taxCents: taxIn(cents, taxRateBp),
    })),
  );
const sale = fc.array(unit, { minLength: 1, maxLength: 5 }).map((units) => units.flat());
type Drawn = { offer: number; session: number; priceCents: number; taxCents: number };

const posted = ({ offer, session, priceCents, taxCents }: Drawn): PostedTicket => ({
  offerId: offerIds[offer] ?? "",
  competitionSessionId: sessionIds[session] ?? "",
  priceCents,
  taxCents,
});

const sell = (tickets: readonly PostedTicket[], day: number) =>
  database.db
    .transaction()
    .execute((trx) =>
      postSale(context.ctx, trx, { orderId, paymentId, tickets, at: new Date(Date.UTC(2028, 6, day)) }),
    );

async function giveBack(tickets: readonly PostedTicket[], day: number): Promise<void> {
  const refundId = randomUUID();
  const at = new Date(Date.UTC(2028, 6, day));
  await database.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("refund")
      .values({
        id: refundId,
        payment_id: paymentId,
        amount_cents: 1,
        reason: "organiser",
        state: "requested",
        created_at: at,
      })
      .execute();
    await postRefund(context.ctx, trx, { orderId, paymentId, refundId, tickets, at });
  });
}

/** What stands in the ledger and in sums and deltas, by offer, competition session and day. */
async function read() {
  const of = (source: "ledger_entry" | "figures") => {
    const rows =
      source === "ledger_entry"
        ? sql`select *, (posted_at at time zone 'UTC')::date as day from ledger_entry`
        : sql`
          select offer_id, competition_session_id, day, tickets, amount_cents, tax_cents from sales_sum union all
          select offer_id, competition_session_id, day, tickets, amount_cents, tax_cents from sales_delta`;
    return sql<{ tickets: number; cents: number; tax: number }>`
      select offer_id, competition_session_id, day::text, sum(tickets)::integer as tickets,
        sum(amount_cents)::integer as cents, sum(tax_cents)::integer as tax
      from (${rows}) as figures
      group by offer_id, competition_session_id, day
      order by offer_id, competition_session_id, day`.execute(database.db);
  };
  return { ledger: (await of("ledger_entry")).rows, figures: (await of("figures")).rows };
}

test("a sale and the return of its tickets in any parts leave nothing, on the day of each and in all", async () => {
  await fc.assert(
    fc.asyncProperty(sale, fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }), async (drawn, parts) => {
      await sql`truncate ledger_entry, sales_delta, sales_sum`.execute(database.ownerDb);
      const tickets = drawn.map(posted);
      await sell(tickets, 1);
      const sold = (await read()).ledger;
      const whole = [sold.reduce((sum, { cents }) => sum + cents, 0), sold.reduce((sum, { tax }) => sum + tax, 0)];
      const price = drawn.reduce((sum, { priceCents }) => sum + priceCents, 0);
      const tax = drawn.reduce((sum, { taxCents }) => sum + taxCents, 0);
      expect(whole).toEqual([price, tax]);
      for (const part of [0, 1, 2, 3])
        await giveBack(
          tickets.filter((_, index) => parts[index % 30] === part),
          1,
        );
      const { ledger, figures } = await read();
      expect(figures).toEqual(ledger);
      for (const row of ledger) expect(row).toMatchObject({ tickets: 0, cents: 0, tax: 0 });
    }),
    { numRuns: 25 },
  );
});

test("deltas folded in any grouping, between any sales and returns, give the same sums", async () => {
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("sell" as const), drawn: sale, day: fc.integer({ min: 1, max: 3 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("return" as const), day: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("fold" as const), limit: fc.integer({ min: 1, max: 4 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      await sql`truncate ledger_entry, sales_delta, sales_sum`.execute(database.ownerDb);
      const held: PostedTicket[] = [];
      for (const one of steps) {
        if (one.kind === "sell") {
          const tickets = one.drawn.map(posted);
          await sell(tickets, one.day);
          held.push(...tickets);
        } else if (one.kind === "return") await giveBack(held.splice(0, 2), one.day);
        else await foldDeltas(database.db, one.limit);
        const { ledger, figures } = await read();
        expect(figures).toEqual(ledger);
      }
      await foldSales(context.ctx);
      const { ledger, figures } = await read();
      expect(figures).toEqual(ledger);
    }),
    { numRuns: 20 },
  );
});

test("race: four fold at once while others sell and give back, and no reader sees anything but whole purchases", async () => {
  const ticket: PostedTicket = { ...posted({ offer: 0, session: 0, priceCents: 10_01, taxCents: 52 }) };
  const done = new AbortController();
  const folders = Array.from({ length: 4 }, async () => {
    while (!done.signal.aborted) await foldDeltas(database.db, 3);
  });
  const reader = (async () => {
    while (!done.signal.aborted) {
      const { tickets, amountCents, taxCents } = await readSalesSummary(context.ctx);
      expect([amountCents, taxCents]).toEqual([tickets * 10_01, tickets * 52]);
    }
  })();
  const sellers = Array.from({ length: 4 }, async () => {
    for (let round = 0; round < 15; round += 1) {
      await sell([ticket, ticket], 1 + (round % 2));
      await giveBack([ticket], 2);
    }
  });
  await Promise.all(sellers);
  done.abort();
  await Promise.all([...folders, reader]);
  await foldSales(context.ctx);
  const { ledger, figures } = await read();
  expect(figures).toEqual(ledger);
  expect(await readSalesSummary(context.ctx)).toMatchObject({
    tickets: 60,
    amountCents: 60 * 10_01,
    taxCents: 60 * 52,
  });
});

test("the database refuses a return that would add, and a sale that would take away", async () => {
  const at = new Date("2028-07-01T00:00:00Z");
  const entry = { order_id: orderId, payment_id: paymentId, offer_id: offerIds[0] ?? "", posted_at: at };
  const amounts = { competition_session_id: sessionIds[0] ?? "", tickets: -1, amount_cents: -1, tax_cents: 0 };
  const wrong = database.db.insertInto("ledger_entry").values({ ...entry, ...amounts, id: randomUUID(), kind: "sale" });
  await expect(wrong.execute()).rejects.toMatchObject({ constraint: "ledger_entry_sign_check" });
});
