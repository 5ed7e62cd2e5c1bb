import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anonymise } from "../accounts/personal-data/account-deletion.queries.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  ledgerOf,
  openPayment,
  queuedMailsFor,
  refundsOf,
  registerVisitor,
  reserveOne,
  seatsTaken,
  stockProgramme,
  type TestContext,
  testContext,
  told,
  waitingForLocks,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { readOrder } from "./read-orders.ts";
import { expireOrder } from "./release-order.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  await stockProgramme(testContext({ db: database.db }).ctx, [
    { code: "ATH01", capacity: 300 },
    { code: "ATH02", capacity: 2 },
    { code: "ATH04", capacity: 50 },
    { code: "ATH05", capacity: 50 },
  ]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = testContext({ db: database.db });
  buyer = await registerVisitor(world.ctx);
});

const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });

describe("a payment that comes late", () => {
  test("takes the seats again if there are any", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { kind: "duo" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    const held = await seatsTaken(database.ownerDb, "ATH01");
    await expireOrder(world.ctx, orderId);
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(held - 2);
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect(await orderNow(orderId)).toMatchObject({ state: "paid" });
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(held);
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(2);
    expect(await queuedMailsFor(world.ctx, buyer)).toMatchObject([{ template: "order_paid", late: true, tickets: 2 }]);
  });

  test("otherwise gives the money back by itself and says so", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { code: "ATH02", kind: "duo" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await expireOrder(world.ctx, orderId);
    await reserveOne(world.ctx, await registerVisitor(world.ctx), { code: "ATH02" });
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect(await orderNow(orderId)).toMatchObject({ state: "refunded" });
    expect(await listTickets(world.ctx, buyer, { orderId })).toEqual([]);
    expect(await ledgerOf(database.ownerDb, orderId)).toEqual([]);
    expect(await orderNow(orderId)).toMatchObject({
      payment: { id: paymentId, state: "refunded" },
      refunds: [{ amountCents: 240_00, reason: "no_seats_left", state: "requested", settledAt: null }],
    });
    expect(await queuedMailsFor(world.ctx, buyer)).toMatchObject([
      { template: "order_refunded", amountCents: 240_00, reason: "no_seats_left", tickets: 0 },
    ]);
    await sendRequestedRefunds(world.ctx);
    expect(await orderNow(orderId)).toMatchObject({ refunds: [{ state: "succeeded", settledAt: world.ctx.clock() }] });
    expect(world.payments.refunded).toEqual([
      expect.objectContaining({ paymentId, providerPaymentId: `money-${paymentId}`, amountCents: 240_00, attempt: 1 }),
    ]);
  });
});

describe("a payment that comes late to an order that may no longer be had", () => {
  test("goes back when the account has bought up to its limit meanwhile", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { code: "ATH05", quantity: 6 });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await expireOrder(world.ctx, orderId);
    await buy(world.ctx, buyer, { code: "ATH05", quantity: 6 });
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect((await orderNow(orderId)).state).toBe("refunded");
    expect(await listTickets(world.ctx, buyer, {})).toHaveLength(6);
    expect(await refundsOf(database.ownerDb, orderId)).toMatchObject([{ reason: "limit_reached" }]);
  });

  test("goes back when the competition session was cancelled meanwhile", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { code: "ATH04" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await cancelSession("ATH04");
    await expireOrder(world.ctx, orderId);
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect((await orderNow(orderId)).state).toBe("refunded");
    expect(await refundsOf(database.ownerDb, orderId)).toMatchObject([{ reason: "session_cancelled" }]);
  });
});

async function cancelSession(code: string): Promise<void> {
  await database.ownerDb
    .updateTable("competition_session")
    .set({ state: "cancelled" })
    .where("code", "=", code)
    .execute();
}

test("race: who is deleted while money comes a second time gets it back, and no mail that would keep their address", async () => {
  const { id: orderId } = await reserveOne(world.ctx, buyer);
  const first = await openPayment(world.ctx, buyer, orderId);
  await applyPaymentEvent(world.ctx, told(first, "refused"));
  await applyPaymentEvent(world.ctx, told(await openPayment(world.ctx, buyer, orderId), "succeeded"));
  const { accountId } = buyer;
  const mails = database.ownerDb.selectFrom("mail").select("template").where("account_id", "=", accountId);
  const before = await mails.execute();
  const { late } = await database.ownerDb.transaction().execute(async (trx) => {
    await anonymise(trx, { accountId, email: "gone-twice@example.test", deletedAt: world.ctx.clock() });
    const applied = applyPaymentEvent(world.ctx, told(first, "succeeded"));
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    return { late: applied };
  });
  await late;
  expect(await mails.execute()).toEqual(before);
  expect(await refundsOf(database.ownerDb, orderId)).toMatchObject([{ reason: "paid_twice" }]);
});
