import type { Database } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { type RawBuilder, sql, type Transaction } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy, openPayment, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { foldDeltas } from "./ledger.queries.ts";
import { proveSales, proveWithin, type SalesProof } from "./prove-sales.ts";
import { cancelOrder } from "./release-order.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
/** Rows of each kind, to be changed behind the product's back. */
let held: string;
let paid: string;
let payment: string;
let pool: string;

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db });
  const { ctx } = context;
  await stockProgramme(ctx, [{ priceCents: 33_33 }, { category: "B", priceCents: 10_01 }]);
  const buyer = () => registerVisitor(ctx);
  held = (await reserveOne(ctx, await buyer(), { kind: "duo" })).id;
  const open = await buyer();
  await openPayment(ctx, open, (await reserveOne(ctx, open)).id);
  const other = await buyer();
  await cancelOrder(ctx, other, { orderId: (await reserveOne(ctx, other)).id });
  await buy(ctx, await buyer(), { category: "B", kind: "family" });
  await foldDeltas(ctx.db, 1);
  const bought = await buy(ctx, await buyer(), { kind: "family", quantity: 1 });
  [paid, payment] = [bought.order.id, bought.paymentId];
  const { seat_pool_id: id } = await database.db
    .selectFrom("hold")
    .select("seat_pool_id")
    .where("order_id", "=", paid)
    .executeTakeFirstOrThrow();
  pool = id;
});
afterAll(() => database.drop());

const broken = ({ rules }: SalesProof) => rules.filter(({ total }) => total > 0);

/** What the proof says after the owner of the database has changed something; it is all taken back again. */
async function proofAfter(...changes: RawBuilder<unknown>[]): Promise<SalesProof> {
  const undo = new Error("undo");
  let proof: SalesProof | undefined;
  const tried = database.ownerDb.transaction().execute(async (trx: Transaction<Database>) => {
    for (const change of changes) await change.execute(trx);
    proof = await proveWithin(trx);
    throw undo;
  });
  await tried.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  if (proof === undefined) throw new Error("nothing was proved");
  return proof;
}

test("what was sold, held, cancelled and paid agrees, and is counted", async () => {
  const proof = await proveSales(context.ctx);
  expect(broken(proof)).toEqual([]);
  expect(proof.counted).toEqual({
    orders: 5,
    payments: 3,
    refunds: 0,
    tickets: 8,
    returned: 0,
    ledgerEntries: 2,
    seatPools: 2,
    taken: 11,
    capacity: 200,
    keys: 8,
    amountCents: 4 * 33_33 + 4 * 10_01,
    taxCents: 4 * 174 + 4 * 52,
  });
});

const newId = "0198a3f0-0000-7000-8000-000000000000";

/** Each change, the rule that finds it, and the id that it names. */
const changes: [string, () => { change: RawBuilder<unknown>[]; rule: string; id: string }][] = [
  [
    "a sum",
    () => ({
      change: [sql`update sales_sum set amount_cents = amount_cents + 1`],
      rule: "sums and deltas are the ledger",
      id: "2028-07-14",
    }),
  ],
  [
    "a delta that is lost",
    () => ({ change: [sql`delete from sales_delta`], rule: "sums and deltas are the ledger", id: "2028-07-14" }),
  ],
  [
    "the tax of a delta",
    () => ({
      change: [sql`update sales_delta set tax_cents = 0`],
      rule: "sums and deltas are the ledger",
      id: "2028-07-14",
    }),
  ],
  [
    "a ledger entry",
    () => ({
      change: [sql`update ledger_entry set amount_cents = amount_cents - 1 where order_id = ${paid}`],
      rule: "sales posted are all tickets of an order",
      id: paid,
    }),
  ],
  [
    "the price of a ticket",
    () => ({
      change: [sql`update ticket set price_cents = price_cents + 1 where order_id = ${paid}`],
      rule: "the ledger is the tickets that were not given back",
      id: paid,
    }),
  ],
  [
    "a ticket too many",
    () => ({
      change: [
        sql`insert into ticket select competition_session_id, ${newId}, 'XXXXXXXXXX', order_id, order_line_id, offer_id,
          category, zone, 0, holder_account_id, holder_name, state, epoch, created_at, 0
          from ticket where order_id = ${paid} limit 1`,
      ],
      rule: "paid orders have exactly their tickets",
      id: "",
    }),
  ],
  [
    "the total of an order",
    () => ({
      change: [sql`update "order" set total_cents = total_cents + 1 where id = ${held}`],
      rule: "orders cost what their lines cost",
      id: held,
    }),
  ],
  [
    "the state of an order",
    () => ({
      change: [sql`update "order" set state = 'expired' where id = ${paid}`],
      rule: "the ledger has what the state of an order says",
      id: paid,
    }),
  ],
  [
    "an order paid by nobody",
    () => ({
      change: [sql`update "order" set state = 'paid' where id = ${held}`],
      rule: "the ledger has what the state of an order says",
      id: held,
    }),
  ],
  [
    "money that never came",
    () => ({
      change: [sql`update payment set state = 'refused' where id = ${payment}`],
      rule: "money is the ledger, for each order",
      id: paid,
    }),
  ],
  [
    "money that came twice",
    () => ({
      change: [sql`update payment set amount_cents = 2 * amount_cents where id = ${payment}`],
      rule: "money is the ledger, for each order",
      id: paid,
    }),
  ],
  [
    "a payment said to be given back",
    () => ({
      change: [sql`update payment set state = 'refunded' where id = ${payment}`],
      rule: "payments are in the state that their refunds say",
      id: payment,
    }),
  ],
  [
    "a refund out of nothing",
    () => ({
      change: [
        sql`insert into refund (id, payment_id, amount_cents, reason, state, created_at)
          values (${newId}, ${payment}, 1, 'organiser', 'requested', now())`,
      ],
      rule: "refunds are their tickets and what is posted for them",
      id: newId,
    }),
  ],
  [
    "a seat that nobody holds",
    () => ({
      change: [sql`update seat_pool set taken = taken + 1 where id = ${pool}`],
      rule: "pools count the seats of their holds",
      id: pool,
    }),
  ],
  [
    "a pool above its capacity",
    () => ({
      change: [
        sql`alter table seat_pool drop constraint seat_pool_never_oversold`,
        sql`update seat_pool set capacity = taken - 1 where id = ${pool}`,
      ],
      rule: "no pool is above its capacity",
      id: pool,
    }),
  ],
  [
    "a hold of an unpaid order",
    () => ({
      change: [sql`update hold set state = 'released' where order_id = ${held}`],
      rule: "unpaid orders hold the seats of their lines",
      id: held,
    }),
  ],
  [
    "a seat kept for no ticket",
    () => ({
      change: [sql`update hold set seats = seats + 1 where order_id = ${paid}`],
      rule: "tickets have the seats that are kept for them",
      id: paid,
    }),
  ],
  [
    "the history of an order",
    () => ({
      change: [sql`delete from order_event where order_id = ${paid} and state = 'paid'`],
      rule: "the history of each order ends in its state",
      id: paid,
    }),
  ],
  [
    "the history of a payment",
    () => ({
      change: [sql`delete from payment_history where payment_id = ${payment}`],
      rule: "the history of each payment ends in its state",
      id: payment,
    }),
  ],
  [
    "the state of a ticket",
    () => ({
      change: [sql`update ticket set state = 'admitted' where order_id = ${paid}`],
      rule: "the history of each ticket ends in its state",
      id: "",
    }),
  ],
  [
    "the history of a refund",
    () => ({
      change: [
        sql`insert into refund (id, payment_id, amount_cents, reason, state, created_at)
          values (${newId}, ${payment}, 1, 'organiser', 'requested', now())`,
      ],
      rule: "the history of each refund ends in its state",
      id: newId,
    }),
  ],
  [
    "a stored answer",
    () => ({
      change: [
        sql`update idempotency_key set answer = jsonb_set(answer, '{orderId}', to_jsonb(${newId}::text))
          where answer ->> 'orderId' = ${paid}`,
      ],
      rule: "stored answers name orders that there are",
      id: "key",
    }),
  ],
];

test.each(changes)("%s that was changed behind the product's back is found and named", async (_name, make) => {
  const { change, rule, id } = make();
  const found = broken(await proofAfter(...change));
  const ours = found.find(({ name }) => name === rule);
  expect(found.map(({ name }) => name)).toContain(rule);
  expect(ours?.first[0]?.id).toContain(id);
  expect(ours?.first[0]?.found).not.toBe(ours?.first[0]?.expected);
});

test("every rule is broken by one of these", async () => {
  const tried = new Set(changes.map(([, make]) => make().rule));
  const { rules } = await proveSales(context.ctx);
  expect(rules.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});

test("of many disagreements all are counted and ten are named", async () => {
  const { rules } = await proofAfter(sql`delete from ticket_event`);
  expect(rules.find(({ name }) => name.startsWith("the history of each ticket"))).toMatchObject({ total: 8 });
  const many = await proofAfter(
    sql`update idempotency_key set answer = '{"orderId": "0198a3f0-0000-7000-8000-000000000000"}'`,
    sql`insert into idempotency_key (account_id, key, body_hash, created_at, operation, answer)
      select account_id, gen_random_uuid(), body_hash, created_at, 'reserve', answer
      from idempotency_key, generate_series(1, 20)`,
  );
  const keys = many.rules.find(({ name }) => name.startsWith("stored answers"));
  expect(keys?.total).toBeGreaterThan(100);
  expect(keys?.first).toHaveLength(10);
});
