import { randomUUID } from "node:crypto";
import { migrate } from "@tessera/db";
import { createTestDatabase, migrateTo, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerVisitor } from "../testing/accounts.ts";
import { type TestContext, testContext } from "../testing/test-context.ts";
import { foldSales } from "./fold-sales.ts";
import { proveSales } from "./prove-sales.ts";
import { readAdminOrder } from "./read-admin-order.ts";
import { refundTickets } from "./refund-tickets.ts";
import { reserveSeats } from "./reserve-seats.ts";
import { readSalesSummary } from "./sales-figures.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";

/** What the release before selling (0002) has left behind, with its own tables. */
const ids = {
  account: randomUUID(),
  offer: randomUUID(),
  pool: randomUUID(),
  session: randomUUID(),
  /** Paid, with two tickets. */
  paid: randomUUID(),
  /** Paid when it was sold out: the refund was sent. */
  returned: randomUUID(),
  /** The same, and the refund was not sent yet. */
  owed: randomUUID(),
  /** Its page is open. */
  open: randomUUID(),
  key: randomUUID(),
};

let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateTo(database, "0002-accounts");
  await fill();
  await migrate(database.ownerUrl);
  world = testContext({ db: database.db });
});
afterAll(() => database.drop());

async function fill(): Promise<void> {
  const venue = randomUUID();
  const orders = [
    { id: ids.paid, reference: "PAID", state: "paid", payment: "succeeded", hold: "issued", refund: null },
    {
      id: ids.returned,
      reference: "BACK",
      state: "refunded",
      payment: "refunded",
      hold: "released",
      refund: "succeeded",
    },
    { id: ids.owed, reference: "OWED", state: "refunded", payment: "succeeded", hold: "released", refund: "requested" },
    { id: ids.open, reference: "OPEN", state: "awaiting_payment", payment: "pending", hold: "held", refund: null },
  ];
  const begun = sql`timestamptz '2028-07-14 11:50Z'`;
  const settled = sql`timestamptz '2028-07-14 11:55Z'`;
  await database.ownerDb.transaction().execute(async (trx) => {
    const run = (query: ReturnType<typeof sql>) => query.execute(trx);
    await run(sql`insert into games (id, name_fr, name_en) values ('test-2028', 'Jeux', 'Games')`);
    await run(sql`
      insert into account (id, email, display_name, locale, role, password_hash, sealed_account_key, created_at)
      values (${ids.account}, 'lea@example.test', 'Léa', 'fr', 'visitor', '', '', ${begun})`);
    await run(sql`
      insert into venue (id, code, name, city, time_zone)
      values (${venue}, 'COL', 'Coliseum', 'Los Angeles', 'America/Los_Angeles')`);
    await run(sql`
      insert into competition_session (id, code, discipline_code, discipline, events, phases, medal, ceremony, venue_id,
        starts_at, ends_at, state)
      values (${ids.session}, 'ATH01', 'ATH', 'Athletics', 'Discus', 'Final', true, false, ${venue}, '2028-07-18T16:00Z',
        '2028-07-18T18:00Z', 'scheduled')`);
    await run(sql`
      insert into seat_pool (id, competition_session_id, category, capacity, taken)
      values (${ids.pool}, ${ids.session}, 'A', 10, 4)`);
    await run(sql`
      insert into offer (id, kind, persons, price_cents, state, imported, created_at)
      values (${ids.offer}, 'duo', 2, 10001, 'published', true, ${begun})`);
    await run(sql`insert into offer_entry (offer_id, seat_pool_id) values (${ids.offer}, ${ids.pool})`);
    for (const { id, reference, state, payment, hold, refund } of orders) {
      const [line, pay] = [randomUUID(), randomUUID()];
      const at = payment === "pending" ? null : settled;
      await run(sql`
        insert into "order" (id, reference, account_id, state, total_cents, hold_expires_at, created_at, paid_at)
        values (${id}, ${reference}, ${ids.account}, ${state}, 10001, timestamptz '2028-07-14 12:20Z', ${begun},
          ${state === "paid" ? settled : null})`);
      await run(sql`
        insert into order_event (order_id, id, state, at)
        values (${id}, gen_random_uuid(), 'held', ${begun}), (${id}, gen_random_uuid(), ${state}, ${settled})`);
      await run(sql`
        insert into order_line (id, order_id, offer_id, quantity, unit_price_cents)
        values (${line}, ${id}, ${ids.offer}, 1, 10001)`);
      await run(sql`
        insert into hold (competition_session_id, id, order_id, account_id, seat_pool_id, seats, state)
        values (${ids.session}, gen_random_uuid(), ${id}, ${ids.account}, ${ids.pool}, 2, ${hold})`);
      await run(sql`
        insert into idempotency_key (account_id, key, body_hash, order_id, created_at)
        values (${ids.account}, ${id === ids.paid ? ids.key : randomUUID()}, '', ${id}, ${begun})`);
      await run(sql`
        insert into payment (id, order_id, idempotency_key, provider, state, amount_cents, created_at, settled_at)
        values (${pay}, ${id}, gen_random_uuid(), 'demo', ${payment}, 10001, ${begun}, ${at})`);
      if (refund !== null) {
        await run(sql`
          insert into refund (id, payment_id, amount_cents, reason, state, created_at, settled_at)
          values (gen_random_uuid(), ${pay}, 10001, 'no_seats_left', ${refund}, ${settled},
            ${refund === "succeeded" ? settled : null})`);
      }
      if (state !== "paid") continue;
      for (const cents of [5001, 5000]) {
        const ticket = randomUUID();
        await run(sql`
          insert into ticket (competition_session_id, id, reference, order_id, order_line_id, offer_id, category, zone,
            price_cents, holder_account_id, holder_name, state, created_at)
          values (${ids.session}, ${ticket}, ${`T${cents}`}, ${id}, ${line}, ${ids.offer}, 'A', 1, ${cents},
            ${ids.account}, 'Léa', 'issued', ${settled})`);
        await run(sql`
          insert into ticket_event (competition_session_id, ticket_id, id, kind, epoch, at)
          values (${ids.session}, ${ticket}, gen_random_uuid(), 'issued', 0, ${settled})`);
        await run(sql`
          insert into ticket_epoch (competition_session_id, ticket_id, epoch, holder_account_id, sealed_purchase_key,
            created_at)
          values (${ids.session}, ${ticket}, 0, ${ids.account}, '', ${settled})`);
      }
      await run(sql`
        insert into ledger_entry (id, posted_at, order_id, payment_id, offer_id, competition_session_id, kind, tickets,
          amount_cents)
        values (gen_random_uuid(), ${settled}, ${id}, ${pay}, ${ids.offer}, ${ids.session}, 'sale', 2, 10001)`);
      await run(sql`
        insert into sales_sum (offer_id, competition_session_id, day, tickets, amount_cents)
        values (${ids.offer}, ${ids.session}, '2028-07-14', 2, 10001)`);
    }
  });
}

const disagreements = async () => (await proveSales(world.ctx)).rules.filter(({ total }) => total > 0);

async function paymentOf(orderId: string) {
  const { payments } = await readAdminOrder(world.ctx, { orderId });
  return payments[0];
}

test("what was sold before agrees with the rules of now, and is counted", async () => {
  expect(await disagreements()).toEqual([]);
  expect(await readSalesSummary(world.ctx)).toMatchObject({ orders: 1, tickets: 2, amountCents: 10_001, taxCents: 0 });
  await foldSales(world.ctx);
  expect(await readSalesSummary(world.ctx)).toMatchObject({ orders: 1, tickets: 2, amountCents: 10_001 });
});

test("the demo's books know what was paid and what went back", async () => {
  const { rows } = await sql<{ reference: string; state: string; back: number | null }>`
    select reference, checkout.state, demo_refund.amount_cents as back
    from demo_checkout as checkout
    join payment on payment.id = checkout.payment_id
    join "order" on "order".id = payment.order_id
    left join demo_refund on demo_refund.payment_id = checkout.payment_id
    order by reference`.execute(database.db);
  expect(rows).toEqual([
    { reference: "BACK", state: "paid", back: 10_001 },
    { reference: "OPEN", state: "open", back: null },
    { reference: "OWED", state: "paid", back: null },
    { reference: "PAID", state: "paid", back: null },
  ]);
});

test("a refund that was waiting is sent, and its payment has said so before", async () => {
  expect(await paymentOf(ids.owed)).toMatchObject({ state: "refunded" });
  await sendRequestedRefunds(world.ctx);
  expect(world.payments.refunded).toMatchObject([{ amountCents: 10_001 }]);
  expect(await paymentOf(ids.returned)).toMatchObject({ state: "refunded" });
  expect(await disagreements()).toEqual([]);
});

test("a key that was used is known still", async () => {
  const lines = [{ offerId: ids.offer, quantity: 1, unitPriceCents: 10_001 }];
  const again = reserveSeats(world.ctx, { accountId: ids.account }, { idempotencyKey: ids.key, lines });
  // Of another wish, by what it says: the hash of the body is none.
  await expect(again).rejects.toMatchObject({ code: "idempotency_key_reused" });
});

test("tickets of before are paid back, one and then the other", async () => {
  const admin = await registerVisitor(world.ctx, "admin");
  const { tickets } = await readAdminOrder(world.ctx, { orderId: ids.paid });
  expect(tickets).toHaveLength(2);
  const ends = [
    { orders: 1, tickets: 1 },
    { orders: 0, tickets: 0, amountCents: 0 },
  ];
  for (const [index, end] of ends.entries()) {
    await refundTickets(world.ctx, admin, {
      orderId: ids.paid,
      ticketIds: [tickets[index]?.id ?? ""],
      idempotencyKey: randomUUID(),
      note: "as asked",
    });
    await sendRequestedRefunds(world.ctx);
    expect(await disagreements()).toEqual([]);
    expect(await readSalesSummary(world.ctx)).toMatchObject(end);
  }
  expect(await paymentOf(ids.paid)).toMatchObject({ state: "refunded" });
});
