import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerVisitor, reserveOne, stockProgramme, testContext, type TestContext } from "../testing/index.ts";
import { readOrder } from "./read-orders.ts";
import { expireOverdueOrders } from "./release-order.ts";

const minute = 60_000;
let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [{ code: "ATH03", capacity: 50 }]);
});
afterAll(() => database.drop());

describe("the worker that ends holds", () => {
  test("gives back what is overdue, once, however many workers run, and nothing else", async () => {
    const overdue: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      overdue.push((await reserveOne(world.ctx, await registerVisitor(world.ctx), { code: "ATH03" })).id);
    }
    world.clock.advance(14 * minute);
    const buyer = await registerVisitor(world.ctx);
    const { id: young } = await reserveOne(world.ctx, buyer, { code: "ATH03" });
    world.clock.advance(minute);
    await Promise.all(Array.from({ length: 4 }, () => expireOverdueOrders(world.ctx)));
    expect((await readOrder(world.ctx, buyer, { orderId: young })).state).toBe("held");
    const pool = await database.ownerDb.selectFrom("seat_pool").select("taken").executeTakeFirstOrThrow();
    expect(pool.taken).toBe(1);
    const events = await database.ownerDb
      .selectFrom("order_event")
      .select("order_id")
      .where("order_id", "in", overdue)
      .where("state", "=", "expired")
      .execute();
    expect(events.map((one) => one.order_id).toSorted()).toEqual(overdue.toSorted());
    expect(await expireOverdueOrders(world.ctx)).toBe(0);
  });

  test("stops between two orders when it is told to", async () => {
    await reserveOne(world.ctx, await registerVisitor(world.ctx), { code: "ATH03" });
    world.clock.advance(20 * minute);
    expect(await expireOverdueOrders(world.ctx, AbortSignal.abort())).toBe(0);
    expect(await expireOverdueOrders(world.ctx)).toBeGreaterThan(0);
  });
});
