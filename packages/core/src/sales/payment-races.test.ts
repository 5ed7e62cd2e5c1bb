import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import {
  buy,
  ledgerOf,
  openPayment,
  outcomesOf,
  refundsOf,
  registerVisitor,
  reserveOne,
  seatsTaken,
  statesOf,
  stockProgramme,
  type TestContext,
  testContext,
  told,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { closeOverduePages, reconcilePayments } from "./close-pages.ts";
import { readOrder } from "./read-orders.ts";
import { refundTickets } from "./refund-tickets.ts";
import { cancelOrder, expireOrder, expireOverdueOrders } from "./release-order.ts";

const minute = 60_000;
const rounds = 8;
let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  await stockProgramme(testContext({ db: database.db }).ctx, [{ code: "ATH01", capacity: 300 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = testContext({ db: database.db });
  buyer = await registerVisitor(world.ctx);
});

/** An order of a buyer who has no other, with an open page. */
async function paying(): Promise<{ orderId: string; paymentId: string }> {
  buyer = await registerVisitor(world.ctx);
  const { id: orderId } = await reserveOne(world.ctx, buyer);
  return { orderId, paymentId: await openPayment(world.ctx, buyer, orderId) };
}

/** What an order has come to: its seats are taken exactly when it is paid, with one ticket and one sale. */
async function expectWhole(orderId: string, takenBefore: number): Promise<string> {
  const { state } = await readOrder(world.ctx, buyer, { orderId });
  const isPaid = state === "paid";
  expect(["paid", "expired", "cancelled"]).toContain(state);
  expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(takenBefore + (isPaid ? 1 : 0));
  expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(isPaid ? 1 : 0);
  expect(await ledgerOf(database.ownerDb, orderId)).toHaveLength(isPaid ? 1 : 0);
  expect(await refundsOf(database.ownerDb, orderId)).toEqual([]);
  return state;
}

describe("at once", () => {
  test("paying and expiring: the money is there, and so are its seats, whichever was first", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const taken = await seatsTaken(database.ownerDb, "ATH01");
      const { orderId, paymentId } = await paying();
      world.clock.advance(30 * minute);
      await Promise.all([
        applyPaymentEvent(world.ctx, told(paymentId, "succeeded")),
        closeOverduePages(world.ctx).then(() => expireOverdueOrders(world.ctx)),
        expireOrder(world.ctx, orderId).catch(() => undefined),
      ]);
      expect(await expectWhole(orderId, taken)).toBe("paid");
      expect((await statesOf(database.ownerDb, orderId)).order.filter((state) => state === "paid")).toHaveLength(1);
    }
  });

  test("paying and cancelling: the buyer is told the truth", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const taken = await seatsTaken(database.ownerDb, "ATH01");
      const { orderId, paymentId } = await paying();
      world.payments.standings.set(paymentId, { state: "succeeded", providerPaymentId: null });
      const [answer] = await Promise.allSettled([
        cancelOrder(world.ctx, buyer, { orderId }),
        applyPaymentEvent(world.ctx, told(paymentId, "succeeded")),
      ]);
      if (answer.status === "fulfilled") expect(answer.value.state).toBe("paid");
      else expect(answer.reason).toMatchObject({ code: "conflict" });
      expect(await expectWhole(orderId, taken)).toBe("paid");
    }
  });

  test("cancelling, expiring and closing by many: the seats come back once", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const taken = await seatsTaken(database.ownerDb, "ATH01");
      const { orderId } = await paying();
      world.clock.advance(30 * minute);
      await Promise.allSettled([
        ...Array.from({ length: 3 }, () => cancelOrder(world.ctx, buyer, { orderId })),
        ...Array.from({ length: 3 }, () => closeOverduePages(world.ctx).then(() => expireOverdueOrders(world.ctx))),
      ]);
      await closeOverduePages(world.ctx);
      await expireOverdueOrders(world.ctx);
      expect(await expectWhole(orderId, taken)).not.toBe("paid");
    }
  });

  test("a webhook, the look-up and the closing of one success: applied once", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const taken = await seatsTaken(database.ownerDb, "ATH01");
      const { orderId, paymentId } = await paying();
      world.payments.standings.set(paymentId, { state: "succeeded", providerPaymentId: null });
      world.clock.advance(5 * minute);
      const same = told(paymentId, "succeeded");
      await Promise.all([
        ...Array.from({ length: 4 }, () => applyPaymentEvent(world.ctx, same)),
        ...Array.from({ length: 4 }, () => applyPaymentEvent(world.ctx, told(paymentId, "succeeded"))),
        reconcilePayments(world.ctx),
      ]);
      expect(await expectWhole(orderId, taken)).toBe("paid");
    }
  });

  test("one ticket paid back by twenty: exactly one does, and the seat comes back once", async () => {
    const admin = await registerVisitor(world.ctx, "admin");
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "duo" });
    const taken = await seatsTaken(database.ownerDb, "ATH01");
    const [ticket] = tickets;
    const wish = { orderId: order.id, ticketIds: [ticket?.id ?? ""], note: "double click" };
    const outcomes = await outcomesOf(
      Array.from({ length: 20 }, () => refundTickets(world.ctx, admin, { ...wish, idempotencyKey: randomUUID() })),
    );
    expect(outcomes).toEqual({ ok: 1, ticket_not_refundable: 19 });
    expect(await refundsOf(database.ownerDb, order.id)).toHaveLength(1);
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(taken - 1);
    expect((await statesOf(database.ownerDb, order.id)).ticket).toEqual(["cancelled", "issued", "issued"]);
    expect(await ledgerOf(database.ownerDb, order.id)).toHaveLength(2);
  });
});
