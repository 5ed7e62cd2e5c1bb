import { randomUUID } from "node:crypto";
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
  statesOf,
  stockProgramme,
  type TestContext,
  testContext,
  told,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { readOrder } from "./read-orders.ts";
import { retryRefund } from "./refund-tickets.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";

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

describe("a payment that succeeds", () => {
  test("marks the order paid, issues a ticket a person and posts the sale, to the cent", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "family" });
    expect(order).toMatchObject({ state: "paid", holdExpiresAt: null, payment: { state: "succeeded" } });
    expect(tickets).toHaveLength(4);
    expect(new Set(tickets.map(({ reference }) => reference)).size).toBe(4);
    expect(tickets[0]).toMatchObject({ state: "issued", kind: "family", holderName: "Camille Test", epoch: 0 });
    expect(await ledgerOf(database.ownerDb, order.id)).toEqual([
      { kind: "sale", tickets: 4, amount_cents: order.totalCents },
    ]);
    const prices = await database.ownerDb
      .selectFrom("ticket")
      .select("price_cents")
      .where("order_id", "=", order.id)
      .execute();
    expect(prices.reduce((sum, ticket) => sum + ticket.price_cents, 0)).toBe(order.totalCents);
  });

  test("tells the buyer, once; nobody where the account is deleted", async () => {
    const { order, paymentId } = await buy(world.ctx, buyer, { kind: "duo" });
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    const paid = {
      template: "order_paid",
      reference: order.reference,
      totalCents: order.totalCents,
      tickets: 2,
      late: false,
      competitionSessions: order.lines.flatMap(({ entries }) =>
        entries.map(({ competitionSession: { startsAt, endsAt, ...session } }) => ({
          ...session,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
        })),
      ),
      ticketsLink: "https://tickets.test/tickets",
      orderLink: `https://tickets.test/orders/${order.id}`,
    };
    expect(await queuedMailsFor(world.ctx, buyer)).toEqual([paid]);

    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const unpaid = await openPayment(world.ctx, buyer, orderId);
    const { accountId } = buyer;
    await database.ownerDb
      .transaction()
      .execute((trx) => anonymise(trx, { accountId, email: "gone@example.test", deletedAt: world.ctx.clock() }));
    await applyPaymentEvent(world.ctx, told(unpaid, "succeeded"));
    const mails = database.ownerDb.selectFrom("mail").select("template").where("account_id", "=", accountId);
    expect(await mails.execute()).toEqual([{ template: "order_paid" }]);
  });

  test("is applied once, however often and at once it is told", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { kind: "duo" });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    const same = told(paymentId, "succeeded");
    const all = [
      ...Array.from({ length: 10 }, () => same),
      ...Array.from({ length: 10 }, () => told(paymentId, "succeeded")),
    ];
    await Promise.all(all.map((one) => applyPaymentEvent(world.ctx, one)));
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(2);
    expect(await ledgerOf(database.ownerDb, orderId)).toHaveLength(1);
  });

  test("wins over a refusal, whichever comes first", async () => {
    const outcomes = await Promise.all(
      [["refused", "succeeded"] as const, ["succeeded", "refused"] as const].map(async (kinds) => {
        const { id: orderId } = await reserveOne(world.ctx, buyer);
        const paymentId = await openPayment(world.ctx, buyer, orderId);
        for (const kind of kinds) await applyPaymentEvent(world.ctx, told(paymentId, kind));
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
    await applyPaymentEvent(world.ctx, told(first, kind));
    expect(await orderNow(orderId)).toMatchObject({ state: "awaiting_payment", payment: { id: first, state: kind } });
    world.clock.advance(minute);
    const second = await openPayment(world.ctx, buyer, orderId);
    expect(second).not.toBe(first);
    await applyPaymentEvent(world.ctx, told(second, "succeeded"));
    expect(await orderNow(orderId)).toMatchObject({ state: "paid", payment: { id: second, state: "succeeded" } });
  });

  test("both tries succeed after all: the second one's money goes back", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const first = await openPayment(world.ctx, buyer, orderId);
    await applyPaymentEvent(world.ctx, told(first, "refused"));
    world.clock.advance(minute);
    const second = await openPayment(world.ctx, buyer, orderId);
    await applyPaymentEvent(world.ctx, told(second, "succeeded"));
    await applyPaymentEvent(world.ctx, told(first, "succeeded"));
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 1, failed: [] });
    expect(world.payments.refunded).toEqual([expect.objectContaining({ paymentId: first })]);
    expect((await orderNow(orderId)).state).toBe("paid");
    expect(await listTickets(world.ctx, buyer, { orderId })).toHaveLength(1);
  });
});

describe("what a provider tells", () => {
  test("of a payment or refund that is not ours is not accepted", async () => {
    await expect(applyPaymentEvent(world.ctx, told(randomUUID(), "succeeded"))).rejects.toMatchObject({
      code: "not_found",
    });
    const { paymentId } = await buy(world.ctx, buyer);
    const stray = {
      id: randomUUID(),
      paymentId,
      kind: "refund_succeeded",
      refundId: randomUUID(),
      attempt: 1,
    } as const;
    await expect(applyPaymentEvent(world.ctx, stray)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is kept with what the provider calls the money", async () => {
    const { paymentId } = await buy(world.ctx, buyer);
    const row = database.db.selectFrom("payment").select(["provider_page_id", "provider_payment_id", "settled_at"]);
    expect(await row.where("id", "=", paymentId).executeTakeFirst()).toEqual({
      provider_page_id: `page-${paymentId}`,
      provider_payment_id: `money-${paymentId}`,
      settled_at: world.ctx.clock(),
    });
  });

  test("leaves the history of every change, once", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    for (const kind of ["refused", "abandoned", "succeeded", "refused", "expired", "succeeded"] as const) {
      await applyPaymentEvent(world.ctx, told(paymentId, kind));
    }
    expect(await statesOf(database.ownerDb, orderId)).toEqual({
      order: ["awaiting_payment", "held", "paid"],
      payment: ["pending", "refused", "succeeded"],
      refund: [],
      ticket: ["issued"],
    });
  });
});

describe("what a provider tells of a refund", () => {
  /** An order that was paid twice, with the refund of the second payment. */
  async function paidTwice() {
    const { id: orderId } = await reserveOne(world.ctx, buyer);
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await applyPaymentEvent(world.ctx, told(paymentId, "refused"));
    world.clock.advance(minute);
    await applyPaymentEvent(world.ctx, told(await openPayment(world.ctx, buyer, orderId), "succeeded"));
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    const [refund] = await refundsOf(database.ownerDb, orderId);
    if (refund === undefined) throw new Error("nothing goes back");
    const tell = (kind: "refund_succeeded" | "refund_failed", event: { id?: string; attempt?: number } = {}) =>
      applyPaymentEvent(world.ctx, { id: randomUUID(), attempt: 1, paymentId, kind, refundId: refund.id, ...event });
    const state = async () => (await refundsOf(database.ownerDb, orderId))[0]?.state;
    return { orderId, refundId: refund.id, tell, state };
  }

  test("counts before our own answer is there, which then changes nothing", async () => {
    const { orderId, tell, state } = await paidTwice();
    world.payments.refundState = "sent";
    const { payments } = world.ctx;
    const refund: typeof payments.refund = async (asked) => {
      await tell("refund_succeeded");
      return payments.refund(asked);
    };
    await sendRequestedRefunds({ ...world.ctx, payments: { ...payments, refund } });
    expect(await state()).toBe("succeeded");
    expect((await statesOf(database.ownerDb, orderId)).refund).toEqual(["requested", "succeeded"]);
  });

  test("ends as failed, whichever comes first", async () => {
    for (const kinds of [
      ["refund_succeeded", "refund_failed"] as const,
      ["refund_failed", "refund_succeeded"] as const,
    ]) {
      const { tell, state } = await paidTwice();
      world.payments.refundState = "sent";
      await sendRequestedRefunds(world.ctx);
      expect(await state()).toBe("sent");
      for (const kind of kinds) await tell(kind);
      expect(await state()).toBe("failed");
    }
  });

  test("counts once, and for its own attempt: what became of the one before does not end the next", async () => {
    const { orderId, refundId, tell, state } = await paidTwice();
    world.payments.refundState = "sent";
    await sendRequestedRefunds(world.ctx);
    const failure = { id: randomUUID() };
    await tell("refund_failed", failure);
    await retryRefund(world.ctx, await registerVisitor(world.ctx, "admin"), { refundId });
    await tell("refund_succeeded");
    expect(await state()).toBe("requested");
    await sendRequestedRefunds(world.ctx);
    expect(world.payments.refunded.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await tell("refund_failed", failure);
    await tell("refund_failed");
    await tell("refund_succeeded");
    expect(await state()).toBe("sent");
    await tell("refund_succeeded", { attempt: 2 });
    expect(await state()).toBe("succeeded");
    await tell("refund_failed");
    expect(await state()).toBe("succeeded");
    const kept = database.db.selectFrom("payment_event").select("id").where("refund_id", "=", refundId);
    expect(await kept.execute()).toHaveLength(6);
    const changes = ["failed", "requested", "requested", "sent", "sent", "succeeded"];
    expect((await statesOf(database.ownerDb, orderId)).refund).toEqual(changes);
  });

  test("is right also when our own answer comes after the next attempt was asked for", async () => {
    const { orderId, refundId, tell, state } = await paidTwice();
    world.payments.refundState = "failed";
    const admin = await registerVisitor(world.ctx, "admin");
    const { payments } = world.ctx;
    const refund: typeof payments.refund = async (asked) => {
      await tell("refund_failed");
      await retryRefund(world.ctx, admin, { refundId });
      return payments.refund(asked);
    };
    await sendRequestedRefunds({ ...world.ctx, payments: { ...payments, refund } });
    expect(await state()).toBe("requested");
    expect((await statesOf(database.ownerDb, orderId)).refund).toEqual(["failed", "requested", "requested"]);
  });
});
