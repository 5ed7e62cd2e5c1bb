import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { beforeEach, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import { registerVisitor, reserveOne, stockProgramme, type TestContext, testContext } from "../testing/index.ts";
import { testRequester } from "../testing/requester.ts";
import { reconcilePayments } from "./close-pages.ts";
import { readOrder } from "./read-orders.ts";
import { cancelOrder } from "./release-order.ts";
import { startPayment } from "./start-payment.ts";

const minute = 60_000;
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

const answered = (done: number) => ({ done, failed: [], isAway: false });
const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });

/** A start whose provider is about to make the page. */
async function starting(parts: Partial<TestContext["ctx"]["payments"]> = {}) {
  const { id: orderId } = await reserveOne(world.ctx, buyer);
  const entered = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const provider = world.ctx.payments;
  const start: typeof provider.start = async (payment) => {
    entered.resolve();
    await gate.promise;
    return provider.start(payment);
  };
  const page = startPayment(
    { ...world.ctx, payments: { ...provider, start, ...parts } },
    buyer,
    { orderId, idempotencyKey: randomUUID() },
    testRequester,
  );
  await entered.promise;
  const paymentId = (await orderNow(orderId)).payment?.id ?? "";
  const makeIt = () => {
    world.payments.standings.delete(paymentId);
    gate.resolve();
  };
  return { orderId, paymentId, page, makeIt };
}

test("a page that is made while it is being closed: whoever makes it closes it, and nobody is led there", async () => {
  const { orderId, paymentId, page, makeIt } = await starting();
  expect(await cancelOrder(world.ctx, buyer, { orderId })).toMatchObject({ state: "cancelled" });
  makeIt();
  await expect(page).rejects.toMatchObject({ code: "order_expired" });
  expect(world.payments.closed).toEqual([paymentId, paymentId]);
  expect(world.payments.standings.get(paymentId)).toEqual({ state: "expired" });
  world.clock.advance(2 * minute);
  expect(await reconcilePayments(world.ctx)).toEqual(answered(0));
});

test("a page that is made while it is being closed is asked for again when it could not be closed, and its money is given back", async () => {
  const { orderId, paymentId, page, makeIt } = await starting({
    close: () => Promise.reject(new Error("provider away")),
  });
  await cancelOrder(world.ctx, buyer, { orderId });
  makeIt();
  await expect(page).rejects.toMatchObject({ code: "order_expired" });
  world.payments.standings.set(paymentId, { state: "succeeded", providerPaymentId: "money" });
  world.clock.advance(2 * minute);
  expect(await reconcilePayments(world.ctx)).toEqual(answered(1));
  expect((await orderNow(orderId)).payment).toMatchObject({ state: "succeeded" });
});

test("a page that is made while it is being closed is asked for until ten minutes after it would have ended", async () => {
  const { orderId, paymentId, page, makeIt } = await starting();
  world.payments.standings.set(paymentId, { state: "unknown" });
  await cancelOrder(world.ctx, buyer, { orderId });
  world.clock.advance(39 * minute);
  expect(await reconcilePayments(world.ctx)).toEqual(answered(1));
  world.clock.advance(2 * minute);
  expect(await reconcilePayments(world.ctx)).toEqual(answered(1));
  world.clock.advance(2 * minute);
  expect(await reconcilePayments(world.ctx)).toEqual(answered(0));
  makeIt();
  await expect(page).rejects.toMatchObject({ code: "order_expired" });
});
