import type { Database } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { type RawBuilder, sql, type Transaction } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { handOver, offerTo } from "../testing/hand-overs.ts";
import { buy, openPayment, reserveOne } from "../testing/purchases.ts";
import { type SoldWorld, tamperings } from "../testing/sales-tampering.queries.ts";
import { testContext } from "../testing/test-context.ts";
import { foldDeltas } from "./ledger.queries.ts";
import { proveSales, proveWithin, type SalesProof } from "./prove-sales.ts";
import { cancelOrder } from "./release-order.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let world: SoldWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db });
  const { ctx } = context;
  await stockProgramme(ctx, [{ priceCents: 33_33 }, { category: "B", priceCents: 10_01 }]);
  const buyer = () => registerVisitor(ctx);
  const { id: held } = await reserveOne(ctx, await buyer(), { kind: "duo" });
  const open = await buyer();
  await openPayment(ctx, open, (await reserveOne(ctx, open)).id);
  const other = await buyer();
  await cancelOrder(ctx, other, { orderId: (await reserveOne(ctx, other)).id });
  const giver = await buyer();
  const { tickets } = await buy(ctx, giver, { category: "B", kind: "family" });
  const [received = "", offered = ""] = tickets.map(({ id }) => id);
  const receiver = await registerVisitor(ctx);
  await handOver(ctx, { giver, receiver, ticketIds: [received] });
  await offerTo(ctx, giver, { email: receiver.email, ticketIds: [offered] });
  await foldDeltas(ctx.db, 1);
  const bought = await buy(ctx, await buyer(), { kind: "family", quantity: 1 });
  const { seat_pool_id: pool } = await database.db
    .selectFrom("hold")
    .select("seat_pool_id")
    .where("order_id", "=", bought.order.id)
    .executeTakeFirstOrThrow();
  world = { held, paid: bought.order.id, payment: bought.paymentId, pool, received, offered };
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

test.each(tamperings)("%s that was changed behind the product's back is found and named", async (_name, make) => {
  const { change, rule, id } = make(world);
  const found = broken(await proofAfter(...change));
  const ours = found.find(({ name }) => name === rule);
  expect(found.map(({ name }) => name)).toContain(rule);
  expect(ours?.first[0]?.id).toContain(id);
  expect(ours?.first[0]?.found).not.toBe(ours?.first[0]?.expected);
});

test("every rule is broken by one of these", async () => {
  const tried = new Set(tamperings.map(([, make]) => make(world).rule));
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
