import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { proveSales } from "../sales/prove-sales.ts";
import { reserveSeats } from "../sales/reserve-seats.ts";
import { buy, offerIn, registerVisitor, stockProgramme, type TestContext, testContext } from "../testing/index.ts";
import { forgetIdempotencyKeys } from "./forget-idempotency-keys.ts";

const dayMs = 86_400_000;
let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [
    { capacity: 20, startsAt: new Date("2028-07-29T16:00:00Z"), endsAt: new Date("2028-07-29T18:00:00Z") },
  ]);
});
afterAll(() => database.drop());

async function countKeys(): Promise<number> {
  return (await database.db.selectFrom("idempotency_key").select("key").execute()).length;
}

test("keys are kept for 7 days, and what they granted for ever", async () => {
  const { ctx, clock } = world;
  const buyer = await registerVisitor(ctx);
  const { offerId, unitPriceCents } = await offerIn(ctx, {});
  const wish = {
    idempotencyKey: "01ae1508-4200-7abc-a1db-4420cd794ca5",
    lines: [{ offerId, unitPriceCents, quantity: 1 }],
  };
  const answer = await reserveSeats(ctx, buyer, wish);
  await buy(ctx, buyer);
  expect(await countKeys()).toBe(3);

  clock.advance(7 * dayMs);
  expect(await forgetIdempotencyKeys(ctx)).toBe(0);
  expect(await reserveSeats(ctx, buyer, wish)).toEqual(answer);
  await buy(ctx, await registerVisitor(ctx));

  clock.advance(1);
  expect(await forgetIdempotencyKeys(ctx)).toBe(3);
  expect(await countKeys()).toBe(2);
  const { rules, counted } = await proveSales(ctx);
  expect(rules.filter(({ total }) => total > 0)).toEqual([]);
  expect(counted).toMatchObject({ orders: 3, keys: 2 });
  expect((await reserveSeats(ctx, buyer, wish)).orderId).not.toBe(answer.orderId);
});

test("a heap of them goes in parts, by two at once, and none that is young", async () => {
  const { ctx } = world;
  const { accountId } = await registerVisitor(ctx);
  const young = await countKeys();
  await sql`
    insert into idempotency_key (account_id, key, operation, body_hash, answer, created_at)
    select ${accountId}, gen_random_uuid(), 'test', '', 'null', ${new Date(ctx.clock().getTime() - 8 * dayMs)}
    from generate_series(1, 12000)`.execute(database.db);
  const forgotten = await Promise.all([forgetIdempotencyKeys(ctx), forgetIdempotencyKeys(ctx)]);
  await forgetIdempotencyKeys(ctx);
  expect(forgotten[0] + forgotten[1]).toBe(12_000);
  expect(await countKeys()).toBe(young);
});
