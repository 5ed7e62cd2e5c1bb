import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import {
  buy,
  openPayment,
  registerVisitor,
  reserveOne,
  stockProgramme,
  type TestContext,
  testContext,
  testRequester,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import type { PaymentEvent } from "./payment-provider.ts";
import { readOrder } from "./read-orders.ts";
import { cancelOrder, expireOrder, expireOverdueOrders } from "./release-order.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";
import { startPayment } from "./start-payment.ts";

const minute = 60_000;
let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  await stockProgramme(testContext({ db: database.db }).ctx, [
    { code: "ATH01", priceCents: 100_01, capacity: 300 },
    { code: "ATH02", capacity: 2 },
    { code: "ATH03", capacity: 50 },
    { code: "ATH04", capacity: 50 },
    { code: "ATH05", capacity: 50 },
  ]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = testContext({ db: database.db });
  buyer = await registerVisitor(world.ctx);
});

type Told = "succeeded" | "refused" | "abandoned" | "expired";

const event = (paymentId: string, kind: Told, id: string = randomUUID()): PaymentEvent =>
  kind === "succeeded" ? { id, paymentId, kind, providerPaymentId: `money-${paymentId}` } : { id, paymentId, kind };

const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });

/** What the ledger and the sums say of one order, and whether they agree. */
async function ledgerOf(orderId: string) {
  return database.ownerDb
    .selectFrom("ledger_entry")
    .select(["kind", "tickets", "amount_cents"])
    .where("order_id", "=", orderId)
    .execute();
}

async function takenIn(code: string): Promise<number> {
  const pool = await database.ownerDb
    .selectFrom("seat_pool")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .select("seat_pool.taken")
    .where("competition_session.code", "=", code)
    .executeTakeFirstOrThrow();
  return pool.taken;
}

describe("a payment that succeeds", () => {
  test("marks the order paid, issues a ticket a person and posts the sale, to the cent", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "family" });
    expect(order).toMatchObject({ state: "paid", holdExpiresAt: null, payment: { state: "succeeded" } });
    expect(tickets).toHaveLength(4);
    expect(new Set(tickets.map(({ reference }) => reference)).size).toBe(4);
    expect(tickets[0]).toMatchObject({ state: "issued", kind: "family", holderName: "Camille Test", epoch: 0 });
    expect(await ledgerOf(order.id)).toEqual([{ kind: "sale", tickets: 4, amount_cents: order.totalCents }]);
    const prices = await database.ownerDb
      .selectFrom("ticket")
      .select("price_cents")
      .where("order_id", "=", order.id)
      .execute();
    expect(prices.reduce((sum, ticket) => sum + ticket.price_cents, 0)).toBe(order.totalCents);
  });

  test("is applied once, however often and at once it is told", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { kind: "duo" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    const same = event(paymentId, "succeeded");
    const told = [
      ...Array.from({ length: 10 }, () => same),
      ...Array.from({ length: 10 }, () => event(paymentId, "succeeded")),
    ];
    await Promise.all(told.map((one) => applyPaymentEvent(world.ctx, one)));
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(2);
    expect(await ledgerOf(orderId)).toHaveLength(1);
  });

  test("wins over a refusal, whichever comes first", async () => {
    const outcomes = await Promise.all(
      [["refused", "succeeded"] as const, ["succeeded", "refused"] as const].map(async (kinds) => {
        const { id: orderId } = await reserveOne(world.ctx, buyer);
        const paymentId = await openPayment(world.ctx, buyer, orderId);
        for (const kind of kinds) await applyPaymentEvent(world.ctx, event(paymentId, kind));
        return (await orderNow(orderId)).state;
      }),
    );
    expect(outcomes).toEqual(["paid", "paid"]);
  });
});

describe("a payment that does not succeed", () => {
  test.each(["refused", "abandoned"] as const)("%s: the seats stay held, and another try can be made", async (kind) => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const first = await openPayment(world.ctx, buyer, orderId);
    await applyPaymentEvent(world.ctx, event(first, kind));
    expect(await orderNow(orderId)).toMatchObject({ state: "awaiting_payment", payment: { id: first, state: kind } });
    world.clock.advance(minute);
    const second = await openPayment(world.ctx, buyer, orderId);
    expect(second).not.toBe(first);
    await applyPaymentEvent(world.ctx, event(second, "succeeded"));
    expect(await orderNow(orderId)).toMatchObject({ state: "paid", payment: { id: second, state: "succeeded" } });
  });

  test("both tries succeed after all: the second one's money goes back", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const first = await openPayment(world.ctx, buyer, orderId);
    await applyPaymentEvent(world.ctx, event(first, "refused"));
    world.clock.advance(minute);
    const second = await openPayment(world.ctx, buyer, orderId);
    await applyPaymentEvent(world.ctx, event(second, "succeeded"));
    await applyPaymentEvent(world.ctx, event(first, "succeeded"));
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ settled: 1, failed: [] });
    expect(world.payments.refunded).toEqual([expect.objectContaining({ paymentId: first })]);
    expect((await orderNow(orderId)).state).toBe("paid");
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(1);
  });
});

describe("a payment that comes late", () => {
  test("takes the seats again if there are any", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { kind: "duo" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    const held = await takenIn("ATH01");
    await expireOrder(world.ctx, orderId);
    expect(await takenIn("ATH01")).toBe(held - 2);
    await applyPaymentEvent(world.ctx, event(paymentId, "succeeded"));
    expect(await orderNow(orderId)).toMatchObject({ state: "paid" });
    expect(await takenIn("ATH01")).toBe(held);
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(2);
  });

  test("otherwise gives the money back and says so; a refund that fails is tried again", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { code: "ATH02", kind: "duo" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await expireOrder(world.ctx, orderId);
    await reserveOne(world.ctx, await registerVisitor(world.ctx), { code: "ATH02" });
    await applyPaymentEvent(world.ctx, event(paymentId, "succeeded"));
    expect(await orderNow(orderId)).toMatchObject({ state: "refunded" });
    expect(await listTickets(world.ctx, buyer, { orderId })).toEqual([]);
    expect(await ledgerOf(orderId)).toEqual([]);

    const cause = new Error("provider away");
    const away = { ...world.ctx, payments: { ...world.ctx.payments, refund: () => Promise.reject(cause) } };
    expect(await sendRequestedRefunds(away)).toMatchObject({ settled: 0, failed: [{ cause }] });
    const waiting = database.db.selectFrom("refund").select("attempted_at").where("payment_id", "=", paymentId);
    expect(await waiting.executeTakeFirst()).toEqual({ attempted_at: world.ctx.clock() });
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ settled: 1, failed: [] });
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ settled: 0, failed: [] });
    expect(await orderNow(orderId)).toMatchObject({ payment: { state: "refunded" } });
  });
});

describe("a payment that comes late to an order that may no longer be had", () => {
  test("goes back when the account has bought up to its limit meanwhile", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { code: "ATH05", quantity: 6 });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await expireOrder(world.ctx, orderId);
    await buy(world.ctx, buyer, { code: "ATH05", quantity: 6 });
    await applyPaymentEvent(world.ctx, event(paymentId, "succeeded"));
    expect((await orderNow(orderId)).state).toBe("refunded");
    expect(await listTickets(world.ctx, buyer, {})).toHaveLength(6);
    expect(await reasonOf(paymentId)).toBe("limit_reached");
  });

  test("goes back when the competition session was cancelled meanwhile", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { code: "ATH04" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await cancelSession("ATH04");
    await expireOrder(world.ctx, orderId);
    await applyPaymentEvent(world.ctx, event(paymentId, "succeeded"));
    expect((await orderNow(orderId)).state).toBe("refunded");
    expect(await reasonOf(paymentId)).toBe("not_on_sale");
  });
});

async function reasonOf(paymentId: string): Promise<string> {
  const refund = await database.ownerDb
    .selectFrom("refund")
    .select("reason")
    .where("payment_id", "=", paymentId)
    .executeTakeFirstOrThrow();
  return refund.reason;
}

async function cancelSession(code: string): Promise<void> {
  await database.ownerDb
    .updateTable("competition_session")
    .set({ state: "cancelled" })
    .where("code", "=", code)
    .execute();
}

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

  test("again and again does not keep seats for ever", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const tries = async (): Promise<number> => {
      for (let tried = 0; tried < 100; tried += 1) {
        try {
          await applyPaymentEvent(world.ctx, event(await openPayment(world.ctx, buyer, orderId), "abandoned"));
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

  test("a paid order cannot be given back, and its seats stay taken", async () => {
    const { order } = await buy(world.ctx, buyer);
    const taken = await takenIn("ATH01");
    await expect(cancelOrder(world.ctx, buyer, { orderId: order.id })).rejects.toMatchObject({ code: "conflict" });
    expect(await takenIn("ATH01")).toBe(taken);
    expect((await orderNow(order.id)).state).toBe("paid");
  });

  test("an order cannot be given back while its money may be on the way", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    await openPayment(world.ctx, buyer, orderId);
    await expect(cancelOrder(world.ctx, buyer, { orderId })).rejects.toMatchObject({ code: "payment_under_way" });
  });
});
