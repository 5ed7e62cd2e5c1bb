import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import {
  buy,
  openPayment,
  refundsOf,
  registerVisitor,
  reserveOne,
  seatsTaken,
  stockProgramme,
  type TestContext,
  testContext,
  told,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { closeOverduePages, reconcilePayments } from "./close-pages.ts";
import { readOrder } from "./read-orders.ts";
import { cancelOrder, expireOverdueOrders } from "./release-order.ts";
import { withPatience } from "./with-patience.ts";

const second = 1000;
const minute = 60 * second;
const away = new Error("provider away");
let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeEach(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 10 }]);
  buyer = await registerVisitor(world.ctx);
  return () => database.drop();
});

const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });
const taken = () => seatsTaken(database.ownerDb, "ATH01");
const without = (...calls: ("close" | "look")[]): TestContext["ctx"] => ({
  ...world.ctx,
  payments: { ...world.ctx.payments, ...Object.fromEntries(calls.map((call) => [call, () => Promise.reject(away)])) },
});

/** An order whose page is open, for 30 minutes from now. */
async function paying(): Promise<{ orderId: string; paymentId: string }> {
  const { id: orderId } = await reserveOne(world.ctx, buyer);
  return { orderId, paymentId: await openPayment(world.ctx, buyer, orderId) };
}
const pay = (paymentId: string) =>
  world.payments.standings.set(paymentId, { state: "succeeded", providerPaymentId: `money-${paymentId}` });

describe("an order whose time is over while its page is open", () => {
  test("keeps its seats until the page is closed, and is closed once by however many workers", async () => {
    const { orderId, paymentId } = await paying();
    world.clock.advance(30 * minute - 1);
    expect(await closeOverduePages(world.ctx)).toEqual({ done: 0 });
    world.clock.advance(1);
    expect(await expireOverdueOrders(world.ctx)).toBe(0);
    expect(await taken()).toBe(1);

    const runs = await Promise.all(Array.from({ length: 4 }, () => closeOverduePages(world.ctx)));
    expect(runs.reduce((sum, { done }) => sum + done, 0)).toBe(1);
    expect(world.payments.closed).toEqual([paymentId]);
    expect(await orderNow(orderId)).toMatchObject({ state: "awaiting_payment", payment: { state: "expired" } });

    const ended = await Promise.all(Array.from({ length: 4 }, () => expireOverdueOrders(world.ctx)));
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await orderNow(orderId)).toMatchObject({ state: "expired", payment: { state: "expired" } });
    expect(await taken()).toBe(0);
  });

  test("is paid when the provider says so, whatever became of its webhook", async () => {
    const { orderId, paymentId } = await paying();
    world.clock.advance(31 * minute);
    pay(paymentId);
    await closeOverduePages(world.ctx);
    expect(await expireOverdueOrders(world.ctx)).toBe(0);
    expect(await orderNow(orderId)).toMatchObject({ state: "paid" });
    // The webhook comes after all.
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(1);
    expect(await refundsOf(database.ownerDb, orderId)).toEqual([]);
  });

  test("of which the provider has no page is over", async () => {
    const { orderId, paymentId } = await paying();
    world.payments.standings.set(paymentId, { state: "unknown" });
    world.clock.advance(30 * minute);
    await closeOverduePages(world.ctx);
    expect(await expireOverdueOrders(world.ctx)).toBe(1);
    expect((await orderNow(orderId)).state).toBe("expired");
  });

  test("waits ten minutes for a provider that does not answer, and what is paid then is late money", async () => {
    const { orderId, paymentId } = await paying();
    world.clock.advance(40 * minute - 1);
    expect(await closeOverduePages(without("close"))).toEqual({ done: 0, away: { paymentId, cause: away } });
    // Asked a moment ago, and so not now.
    expect(await closeOverduePages(without("close"))).toEqual({ done: 0 });
    expect(await expireOverdueOrders(world.ctx)).toBe(0);
    expect(await taken()).toBe(1);

    world.clock.advance(10 * second);
    await closeOverduePages(without("close"));
    expect(await expireOverdueOrders(world.ctx)).toBe(1);
    expect(await orderNow(orderId)).toMatchObject({ state: "expired", payment: { state: "expired" } });
    expect(await taken()).toBe(0);

    // It was paid, and the webhook is lost: the provider is asked until it has said so.
    pay(paymentId);
    world.clock.advance(2 * minute);
    expect(await reconcilePayments(without("close", "look"))).toEqual({ done: 0, away: { paymentId, cause: away } });
    world.clock.advance(2 * minute);
    expect(await reconcilePayments(world.ctx)).toEqual({ done: 1 });
    expect(await orderNow(orderId)).toMatchObject({ state: "paid", payment: { state: "succeeded" } });
    world.clock.advance(60 * minute);
    expect(await reconcilePayments(world.ctx)).toEqual({ done: 0 });
  });

  test("a provider that hangs is one that does not answer, and one page in its way is not in that of the others", async () => {
    const stuck = await paying();
    const other = await paying();
    world.clock.advance(31 * minute);
    const provider = world.ctx.payments;
    const close: typeof provider.close = (payment) =>
      payment.paymentId === stuck.paymentId ? new Promise(() => undefined) : provider.close(payment);
    const payments = withPatience({ ...provider, close }, 1);
    for (let run = 0; run < 2; run += 1) await closeOverduePages({ ...world.ctx, payments });
    expect((await orderNow(stuck.orderId)).payment).toMatchObject({ state: "pending" });
    expect((await orderNow(other.orderId)).payment).toMatchObject({ state: "expired" });
  });
});

describe("what nobody has told us about", () => {
  test("is asked for after two minutes, every two minutes, and not while somebody pays in time", async () => {
    const { orderId, paymentId } = await paying();
    world.clock.advance(2 * minute - 1);
    expect(await reconcilePayments(world.ctx)).toEqual({ done: 0 });
    world.clock.advance(1);
    const runs = await Promise.all(Array.from({ length: 4 }, () => reconcilePayments(world.ctx)));
    expect(runs.reduce((sum, { done }) => sum + done, 0)).toBe(1);
    expect(await orderNow(orderId)).toMatchObject({ payment: { state: "pending" } });

    pay(paymentId);
    expect(await reconcilePayments(world.ctx)).toEqual({ done: 0 });
    world.clock.advance(2 * minute);
    await reconcilePayments(world.ctx);
    expect(world.payments.looked).toEqual([paymentId, paymentId]);
    expect((await orderNow(orderId)).state).toBe("paid");
  });

  test("ends at a provider that is down, and at a hundred", async () => {
    const first = await paying();
    await paying();
    world.clock.advance(2 * minute);
    const { done, away: stopped } = await reconcilePayments(without("look"));
    expect({ done, stopped }).toEqual({ done: 0, stopped: { paymentId: first.paymentId, cause: away } });
    expect(world.payments.looked).toEqual([]);
  });
});

describe("giving seats back while a page is open", () => {
  test("closes the page first", async () => {
    const { orderId, paymentId } = await paying();
    expect(await cancelOrder(world.ctx, buyer, { orderId })).toMatchObject({
      state: "cancelled",
      payment: { id: paymentId, state: "expired" },
    });
    expect(world.payments.closed).toEqual([paymentId]);
    expect(await taken()).toBe(0);
  });

  test("gives the paid order when it turns out that it was paid", async () => {
    const { orderId, paymentId } = await paying();
    pay(paymentId);
    expect(await cancelOrder(world.ctx, buyer, { orderId })).toMatchObject({ state: "paid" });
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(1);
  });

  test("is refused while the provider cannot say whether money is on its way", async () => {
    const { orderId } = await paying();
    const refused = cancelOrder(without("close"), buyer, { orderId });
    await expect(refused).rejects.toMatchObject({ code: "payment_under_way" });
    expect(await orderNow(orderId)).toMatchObject({ state: "awaiting_payment", payment: { state: "pending" } });
    expect(await taken()).toBe(1);
  });

  test("is for nobody else, who closes nothing either, and not for what was paid", async () => {
    const { orderId } = await paying();
    const stranger = await registerVisitor(world.ctx);
    await expect(cancelOrder(world.ctx, stranger, { orderId })).rejects.toMatchObject({ code: "not_found" });
    expect(world.payments.closed).toEqual([]);
    const { order } = await buy(world.ctx, buyer);
    await expect(cancelOrder(world.ctx, buyer, { orderId: order.id })).rejects.toMatchObject({ code: "conflict" });
    expect((await orderNow(order.id)).state).toBe("paid");
  });
});
