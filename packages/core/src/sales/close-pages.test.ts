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
import { closeOverduePages, countStrandedPayments, reconcilePayments } from "./close-pages.ts";
import { readOrder } from "./read-orders.ts";
import { cancelOrder, expireOverdueOrders } from "./release-order.ts";
import { withPatience } from "./with-patience.ts";

const minute = 60_000;
const away = new Error("provider away");
let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeEach(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  buyer = await registerVisitor(world.ctx);
  return () => database.drop();
});

const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });
const taken = () => seatsTaken(database.ownerDb, "ATH01");
const without = (...calls: ("close" | "look")[]): TestContext["ctx"] => ({
  ...world.ctx,
  payments: { ...world.ctx.payments, ...Object.fromEntries(calls.map((call) => [call, () => Promise.reject(away)])) },
});

const answered = (done: number) => ({ done, failed: [], isAway: false });
const unanswered = (paymentId: string) => ({ done: 0, failed: [{ paymentId, cause: away }], isAway: true });

/** An order whose page is open, for 30 minutes from now. */
async function paying(who: Actor = buyer): Promise<{ orderId: string; paymentId: string }> {
  const { id: orderId } = await reserveOne(world.ctx, who);
  return { orderId, paymentId: await openPayment(world.ctx, who, orderId) };
}
/** As many, of as many visitors. */
async function allPaying(count: number): Promise<string[]> {
  const pages = Array.from({ length: count }, async () => paying(await registerVisitor(world.ctx)));
  return (await Promise.all(pages)).map(({ paymentId }) => paymentId).toSorted();
}
async function paymentStates(paymentIds: readonly string[]): Promise<string[]> {
  const payments = database.ownerDb.selectFrom("payment").select("state").where("id", "in", paymentIds);
  return (await payments.execute()).map(({ state }) => state);
}
const pay = (paymentId: string) =>
  world.payments.standings.set(paymentId, { state: "succeeded", providerPaymentId: `money-${paymentId}` });

describe("an order whose time is over while its page is open", () => {
  test("keeps its seats until the page is closed, and is closed once by however many workers", async () => {
    const { orderId, paymentId } = await paying();
    world.clock.advance(30 * minute - 1);
    expect(await closeOverduePages(world.ctx)).toEqual(answered(0));
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
    expect(await closeOverduePages(without("close"))).toEqual(unanswered(paymentId));
    // Asked a moment ago, and so not now.
    expect(await closeOverduePages(without("close"))).toEqual(answered(0));
    expect(await expireOverdueOrders(world.ctx)).toBe(0);
    expect(await taken()).toBe(1);

    world.clock.advance(minute);
    await closeOverduePages(without("close"));
    expect(await expireOverdueOrders(world.ctx)).toBe(1);
    expect(await orderNow(orderId)).toMatchObject({ state: "expired", payment: { state: "expired" } });
    expect(await taken()).toBe(0);

    // It was paid, and the webhook is lost: the provider is asked until it has said so.
    pay(paymentId);
    world.clock.advance(2 * minute);
    expect(await reconcilePayments(without("close", "look"))).toEqual(unanswered(paymentId));
    world.clock.advance(2 * minute);
    expect(await reconcilePayments(world.ctx)).toEqual(answered(1));
    expect(await orderNow(orderId)).toMatchObject({ state: "paid", payment: { state: "succeeded" } });
    world.clock.advance(60 * minute);
    expect(await reconcilePayments(world.ctx)).toEqual(answered(0));
  });

  test("a page in whose way something is, is in nobody else's", async () => {
    const stuck = await paying();
    const hanging = await paying();
    const others = await allPaying(12);
    // The worker was late by more than its patience.
    world.clock.advance(41 * minute);
    const provider = world.ctx.payments;
    const close: typeof provider.close = async (payment) => {
      if (payment.paymentId === stuck.paymentId) return { state: "open" };
      return payment.paymentId === hanging.paymentId ? new Promise(() => undefined) : provider.close(payment);
    };
    const ctx = { ...world.ctx, payments: withPatience({ ...provider, close }, 100) };
    const run = await closeOverduePages(ctx);
    expect(run).toMatchObject({ done: 12, isAway: false });
    expect(run.failed.map(({ paymentId }) => paymentId).toSorted()).toEqual(
      [stuck.paymentId, hanging.paymentId].toSorted(),
    );
    expect(world.payments.closed.toSorted()).toEqual(others);
    // Of what is just being paid the seats stay; of what nothing was heard for ten minutes they do not.
    expect((await orderNow(stuck.orderId)).payment).toMatchObject({ state: "pending" });
    expect((await orderNow(hanging.orderId)).payment).toMatchObject({ state: "expired" });
  });

  test("is not asked about, and keeps its seats, once ten in a row were not answered and others were of late", async () => {
    const heard = await paying();
    const waiting = await allPaying(25);
    world.clock.advance(35 * minute);
    await applyPaymentEvent(world.ctx, told(heard.paymentId, "refused"));
    world.clock.advance(6 * minute);
    const run = await closeOverduePages(without("close"));
    expect(run).toMatchObject({ done: 0, isAway: true });
    const ended = (await paymentStates(waiting)).filter((state) => state === "expired").length;
    expect(ended).toBe(run.failed.length);
    expect(ended).toBeLessThan(20);

    // Nothing was heard of the provider for ten minutes: what nobody could ask about ends too.
    world.clock.advance(5 * minute);
    await closeOverduePages(without("close"));
    expect(await paymentStates(waiting)).toEqual(waiting.map(() => "expired"));
  });

  test("ends without a provider that is not in use any more, which is reported and asks nobody", async () => {
    const former = await paying();
    await database.ownerDb.updateTable("payment").set({ provider: "stripe" }).execute();
    const current = await paying();
    world.clock.advance(39 * minute);
    expect(await closeOverduePages(world.ctx)).toEqual(answered(1));
    expect((await orderNow(former.orderId)).payment).toMatchObject({ state: "pending" });
    await expect(cancelOrder(world.ctx, buyer, { orderId: former.orderId })).rejects.toMatchObject({
      code: "payment_under_way",
    });
    world.clock.advance(minute);
    expect(await closeOverduePages(world.ctx)).toEqual(answered(0));
    expect((await orderNow(former.orderId)).payment).toMatchObject({ state: "expired" });
    world.clock.advance(minute);
    expect(await reconcilePayments(world.ctx)).toEqual(answered(0));
    expect(world.payments.closed).toEqual([current.paymentId]);
    expect(await countStrandedPayments(world.ctx)).toEqual({ payments: 1, refunds: 0 });
  });
});

describe("what nobody has told us about", () => {
  test("is asked for after two minutes, every two minutes, and not while somebody pays in time", async () => {
    const { orderId, paymentId } = await paying();
    world.clock.advance(2 * minute - 1);
    expect(await reconcilePayments(world.ctx)).toEqual(answered(0));
    world.clock.advance(1);
    const runs = await Promise.all(Array.from({ length: 4 }, () => reconcilePayments(world.ctx)));
    expect(runs.reduce((sum, { done }) => sum + done, 0)).toBe(1);
    expect(await orderNow(orderId)).toMatchObject({ payment: { state: "pending" } });

    pay(paymentId);
    expect(await reconcilePayments(world.ctx)).toEqual(answered(0));
    world.clock.advance(2 * minute);
    await reconcilePayments(world.ctx);
    expect(world.payments.looked).toEqual([paymentId, paymentId]);
    expect((await orderNow(orderId)).state).toBe("paid");
  });

  test("ends at a provider that is down", async () => {
    await allPaying(25);
    world.clock.advance(2 * minute);
    const { done, failed, isAway } = await reconcilePayments(without("look"));
    expect({ done, isAway }).toEqual({ done: 0, isAway: true });
    expect(failed.length).toBeLessThan(20);
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
