import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import {
  openPayment,
  registerVisitor,
  reserveOne,
  stockProgramme,
  type TestContext,
  testContext,
  testRequester,
  told,
  waitingForLocks,
} from "../testing/index.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { lockOrder } from "./orders.queries.ts";
import type { PaymentProvider } from "./payment-provider.ts";
import { readOrder } from "./read-orders.ts";
import { expireOverdueOrders } from "./release-order.ts";
import { startPayment } from "./start-payment.ts";
import { withPatience } from "./with-patience.ts";

const minute = 60_000;
let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  await stockProgramme(testContext({ db: database.db }).ctx, [{ code: "ATH01", priceCents: 100_01, capacity: 300 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = testContext({ db: database.db });
  buyer = await registerVisitor(world.ctx);
});

const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });

describe("starting a payment", () => {
  test("extends the hold to the end of the provider's page, and two tabs get the same page", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    world.clock.advance(5 * minute);
    const tabs = await Promise.all(
      Array.from({ length: 10 }, () =>
        startPayment(world.ctx, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester),
      ),
    );
    expect(new Set(tabs.map(({ redirectUrl }) => redirectUrl)).size).toBe(1);
    expect(await orderNow(orderId)).toMatchObject({
      state: "awaiting_payment",
      holdExpiresAt: new Date("2028-07-14T12:35:00Z"),
    });
  });

  test("is refused when the hold is over, before any worker has seen it", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    world.clock.advance(15 * minute);
    await expect(openPayment(world.ctx, buyer, orderId)).rejects.toMatchObject({ code: "order_expired" });
  });

  test("a provider that does not answer leaves the seats held and can be asked again", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const away = {
      ...world.ctx,
      payments: { ...world.ctx.payments, start: () => Promise.reject(new Error("provider away")) },
    };
    const wish = { orderId, idempotencyKey: randomUUID() };
    await expect(startPayment(away, buyer, wish, testRequester)).rejects.toMatchObject({ code: "unavailable" });
    await expect(startPayment(world.ctx, buyer, wish, testRequester)).resolves.toHaveProperty("redirectUrl");
    expect(world.payments.started).toHaveLength(1);
  });

  test("counts as a try once, however often it is asked again for while the provider is away", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const spent: string[] = [];
    const attempts: typeof world.ctx.attempts = {
      ...world.ctx.attempts,
      spend: async (action) => void spent.push(action),
    };
    const { payments } = world.ctx;
    const away = { ...payments, start: () => Promise.reject(new Error("provider away")) };
    const wish = { orderId, idempotencyKey: randomUUID() };
    const press = (provider: PaymentProvider) =>
      startPayment({ ...world.ctx, attempts, payments: provider }, buyer, wish, testRequester);
    for (let pressed = 0; pressed < 3; pressed += 1) {
      await expect(press(away)).rejects.toMatchObject({ code: "unavailable" });
    }
    await press(payments);
    expect(spent).toEqual(["payment"]);
    const [page] = world.payments.started;
    await applyPaymentEvent(world.ctx, told(page?.paymentId ?? "", "refused"));
    wish.idempotencyKey = randomUUID();
    await press(payments);
    expect(spent).toEqual(["payment", "payment"]);
  });

  test("race: a page that ends between the look for it and the lock makes no new one that was not counted", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    const late = await database.db.transaction().execute(async (trx) => {
      await lockOrder(trx, orderId);
      const pressed = openPayment(world.ctx, buyer, orderId).then(
        () => "opened",
        (error: unknown) => error,
      );
      await expect.poll(() => waitingForLocks(database.db)).toBe(1);
      await trx.updateTable("payment").set({ state: "refused" }).where("id", "=", paymentId).execute();
      return { pressed };
    });
    expect(await late.pressed).toMatchObject({ code: "request_under_way" });
    await expect(openPayment(world.ctx, buyer, orderId)).resolves.not.toBe(paymentId);
  });

  test("again and again does not keep seats for ever", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const tries = async (): Promise<number> => {
      for (let tried = 0; tried < 100; tried += 1) {
        try {
          await applyPaymentEvent(world.ctx, told(await openPayment(world.ctx, buyer, orderId), "abandoned"));
        } catch {
          return tried;
        }
        world.clock.advance(10 * minute);
      }
      return 100;
    };
    expect(await tries()).toBe(8);
    await expect(openPayment(world.ctx, buyer, orderId)).rejects.toMatchObject({ code: "order_expired" });
    await expireOverdueOrders(world.ctx);
    expect((await orderNow(orderId)).state).toBe("expired");
  });

  test("the same key gives the same answer, also when the page is over; another order is refused", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const wish = { orderId, idempotencyKey: randomUUID() };
    const first = await startPayment(world.ctx, buyer, wish, testRequester);
    await applyPaymentEvent(world.ctx, told(await openPayment(world.ctx, buyer, orderId), "refused"));
    expect(await startPayment(world.ctx, buyer, wish, testRequester)).toEqual(first);
    const { id: other } = await reserveOne(world.ctx, buyer);
    await expect(startPayment(world.ctx, buyer, { ...wish, orderId: other }, testRequester)).rejects.toMatchObject({
      code: "idempotency_key_reused",
    });
  });

  test("a double click is told that it is under way, or gets the same page; there is one payment", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const wish = { orderId, idempotencyKey: randomUUID() };
    const clicks = await Promise.allSettled(
      Array.from({ length: 10 }, () => startPayment(world.ctx, buyer, wish, testRequester)),
    );
    const pages = clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value.redirectUrl] : []));
    const refusals = clicks.flatMap((click) => (click.status === "rejected" ? [click.reason as unknown] : []));
    expect(new Set(pages).size).toBe(1);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: "request_under_way" });
    const payments = database.db.selectFrom("payment").select("id").where("order_id", "=", orderId);
    expect(await payments.execute()).toHaveLength(1);
  });

  test("the row is there before the provider is asked, no lock is held meanwhile, and the page's name is kept", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const seen: unknown[] = [];
    const start: PaymentProvider["start"] = async (payment) => {
      // Waits for the order if somebody holds it.
      await database.db.transaction().execute((trx) => lockOrder(trx, orderId));
      seen.push(await pageOf(payment.paymentId));
      return world.ctx.payments.start(payment);
    };
    const slow = { ...world.ctx, payments: { ...world.ctx.payments, start } };
    await startPayment(slow, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
    const expiresAt = new Date("2028-07-14T12:30:00Z");
    expect(seen).toEqual([{ page_expires_at: expiresAt, provider_page_id: null }]);
    const [asked] = world.payments.started;
    expect(asked).toMatchObject({
      orderId,
      amountCents: 100_01,
      expiresAt,
      locale: "fr",
      returnUrl: `https://tickets.test/orders/${orderId}`,
    });
    expect(await pageOf(asked?.paymentId ?? "")).toEqual({
      page_expires_at: expiresAt,
      provider_page_id: `page-${asked?.paymentId}`,
    });
  });

  test("a provider that hangs is one that does not answer", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const hanging = withPatience({ ...world.ctx.payments, start: () => new Promise(() => undefined) }, 1);
    const wish = { orderId, idempotencyKey: randomUUID() };
    const late = { ...world.ctx, payments: hanging };
    await expect(startPayment(late, buyer, wish, testRequester)).rejects.toMatchObject({ code: "unavailable" });
    expect(await orderNow(orderId)).toMatchObject({ state: "awaiting_payment", payment: { state: "pending" } });
  });
});

function pageOf(paymentId: string) {
  return database.db
    .selectFrom("payment")
    .select(["page_expires_at", "provider_page_id"])
    .where("id", "=", paymentId)
    .executeTakeFirst();
}
