import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  buy,
  refundsOf,
  registerVisitor,
  stockProgramme,
  type TestContext,
  testContext,
  waitingForLocks,
} from "../testing/index.ts";
import { refundTickets } from "./refund-tickets.ts";

let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 50 }]);
});
afterAll(() => database.drop());

test("race: a refund that has waited for a ticket sees that it went to somebody whom nobody has locked", async () => {
  const [buyer, receiver] = [await registerVisitor(world.ctx), await registerVisitor(world.ctx)];
  const admin = await registerVisitor(world.ctx, "admin");
  const { order, tickets } = await buy(world.ctx, buyer);
  const ticketIds = tickets.map(({ id }) => id);
  const { refunding } = await database.ownerDb.transaction().execute(async (trx) => {
    const changed = trx.updateTable("ticket").set({ holder_account_id: receiver.accountId });
    await changed.where("id", "in", ticketIds).execute();
    const wish = { orderId: order.id, ticketIds, idempotencyKey: randomUUID(), note: "postponed" };
    const outcome = refundTickets(world.ctx, admin, wish).catch((error: unknown) => error);
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    return { refunding: outcome };
  });
  expect(await refunding).toMatchObject({ code: "ticket_changed" });
  expect(await refundsOf(database.ownerDb, order.id)).toEqual([]);
});
