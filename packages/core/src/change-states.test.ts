import { randomUUID } from "node:crypto";
import type { Database } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import type { Transaction } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeOrder } from "./sales/orders.queries.ts";
import { changePayment } from "./sales/payments.queries.ts";
import { refundTickets } from "./sales/refund-tickets.ts";
import { changeRefund } from "./sales/refunds.queries.ts";
import { buy, registerVisitor, statesOf, stockProgramme, type TestContext, testContext } from "./testing/index.ts";
import { changeTickets } from "./tickets/change-tickets.ts";

let database: TestDatabase;
let world: TestContext;
let bought: { orderId: string; paymentId: string; refundId: string };

/** An order whose tickets were all paid back. */
beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [{}]);
  const { order, paymentId, tickets } = await buy(world.ctx, await registerVisitor(world.ctx));
  const ticketIds = tickets.map(({ id }) => id);
  const wish = { orderId: order.id, ticketIds, note: "postponed", idempotencyKey: randomUUID() };
  const { refundId } = await refundTickets(world.ctx, await registerVisitor(world.ctx, "admin"), wish);
  bought = { orderId: order.id, paymentId, refundId };
});
afterAll(() => database.drop());

type Change = (trx: Transaction<Database>, event: { eventId: string; at: Date }) => Promise<void>;

test.each<[string, Change]>([
  ["order", (trx, event) => changeOrder(trx, { id: bought.orderId, state: "refunded" }, { ...event, state: "paid" })],
  [
    "payment",
    (trx, event) => changePayment(trx, { id: bought.paymentId, state: "refunded" }, { ...event, state: "succeeded" }),
  ],
  [
    "refund",
    (trx, event) => changeRefund(trx, { id: bought.refundId, state: "requested" }, { ...event, state: "requested" }),
  ],
  [
    "ticket",
    async (trx, { at }) => {
      const ticket = trx.selectFrom("ticket").where("order_id", "=", bought.orderId);
      const row = ticket.select(["id", "competition_session_id as competitionSessionId", "state", "epoch"]);
      await changeTickets(world.ctx, trx, await row.execute(), { state: "admitted", at });
    },
  ],
])("a change of a %s that its table forbids is a conflict, and writes nothing", async (_, change) => {
  const before = await statesOf(database.ownerDb, bought.orderId);
  const changing = database.db
    .transaction()
    .execute((trx) => change(trx, { eventId: randomUUID(), at: world.ctx.clock() }));
  await expect(changing).rejects.toMatchObject({ code: "conflict" });
  expect(await statesOf(database.ownerDb, bought.orderId)).toEqual(before);
});
