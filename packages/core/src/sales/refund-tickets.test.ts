import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { anonymise } from "../accounts/personal-data/account-deletion.queries.ts";
import { disableEmployee } from "../accounts/staff/disable-employee.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  ledgerOf,
  makeDevice,
  openPayment,
  queuedMailsFor,
  refundsOf,
  registerVisitor,
  reserveOne,
  seatsTaken,
  statesOf,
  stockProgramme,
  type TestContext,
  testContext,
  told,
  waitingForLocks,
} from "../testing/index.ts";
import { activateTickets } from "../tickets/activate-tickets.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { readOrder } from "./read-orders.ts";
import { refundTickets, retryRefund } from "./refund-tickets.ts";
import { expireOrder } from "./release-order.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";

const minute = 60_000;
let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let admin: Actor;

beforeEach(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [{ code: "ATH01", priceCents: 100_01, capacity: 50 }]);
  buyer = await registerVisitor(world.ctx);
  admin = await registerVisitor(world.ctx, "admin");
  return () => database.drop();
});

type Wish = { orderId: string; ticketIds: string[]; idempotencyKey?: string; note?: string };
const refund = ({ idempotencyKey = randomUUID(), note = "postponed", ...wish }: Wish) =>
  refundTickets(world.ctx, admin, { idempotencyKey, note, ...wish });
const orderNow = (orderId: string) => readOrder(world.ctx, buyer, { orderId });
const idsOf = (tickets: readonly { id: string }[]): string[] => tickets.map(({ id }) => id);
const pricesOf = async (ticketIds: readonly string[]): Promise<number> => {
  const rows = database.ownerDb.selectFrom("ticket").select("price_cents").where("id", "in", ticketIds);
  return (await rows.execute()).reduce((sum, ticket) => sum + ticket.price_cents, 0);
};

describe("an admin pays tickets back", () => {
  test("some, then the rest: seats, limits, ledger, states and history follow, to the cent", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "family" });
    const [first = "", ...others] = idsOf(tickets);
    const firstCents = await pricesOf([first]);
    await refund({ orderId: order.id, ticketIds: [first] });
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(3);
    expect(await orderNow(order.id)).toMatchObject({
      state: "partly_refunded",
      payment: { state: "partly_refunded" },
      refunds: [{ amountCents: firstCents, reason: "organiser", state: "requested" }],
    });
    const states = async () => (await listTickets(world.ctx, buyer, { orderId: order.id })).map(({ state }) => state);
    expect((await states()).toSorted()).toEqual(["cancelled", "issued", "issued", "issued"]);

    world.clock.advance(minute);
    await refund({ orderId: order.id, ticketIds: others });
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(0);
    expect(await orderNow(order.id)).toMatchObject({ state: "refunded", payment: { state: "refunded" } });
    const entries = await ledgerOf(database.ownerDb, order.id);
    expect(entries.reduce((sum, entry) => sum + entry.amount_cents, 0)).toBe(0);
    expect(entries.reduce((sum, entry) => sum + entry.tickets, 0)).toBe(0);
    expect(await statesOf(database.ownerDb, order.id)).toEqual({
      order: ["awaiting_payment", "held", "paid", "partly_refunded", "refunded"],
      payment: ["partly_refunded", "pending", "refunded", "succeeded"],
      refund: ["requested", "requested"],
      ticket: [...Array<string>(4).fill("cancelled"), ...Array<string>(4).fill("issued")],
    });

    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 2, failed: [] });
    const sent = world.payments.refunded.map(({ amountCents }) => amountCents);
    expect(sent.reduce((sum, cents) => sum + cents, 0)).toBe(order.totalCents);
    // Six a competition session: they can be bought again.
    await buy(world.ctx, buyer, { quantity: 6 });
  });

  test("the buyer is told, and it is written down who did it", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "duo" });
    const { refundId } = await refund({ orderId: order.id, ticketIds: idsOf(tickets) });
    const mails = await queuedMailsFor(world.ctx, buyer);
    expect(mails.filter(({ template }) => template !== "order_paid")).toEqual([
      {
        template: "order_refunded",
        reference: order.reference,
        amountCents: order.totalCents,
        reason: "organiser",
        tickets: 2,
        orderLink: `https://tickets.test/orders/${order.id}`,
      },
    ]);
    const entries = database.ownerDb.selectFrom("audit_entry").select(["actor_id", "subject_id", "details"]);
    expect(await entries.where("action", "=", "order.refunded").execute()).toEqual([
      {
        actor_id: admin.accountId,
        subject_id: order.id,
        details: { refundId, tickets: 2, amountCents: order.totalCents },
      },
    ]);
    const row = database.ownerDb.selectFrom("refund").select(["requested_by", "note"]).where("id", "=", refundId);
    expect(await row.executeTakeFirst()).toEqual({ requested_by: admin.accountId, note: "postponed" });
  });

  test("free ones, for nothing: no provider hears of it, and the order ends as refunded", async () => {
    await stockProgramme(world.ctx, [{ code: "ATH02", priceCents: 0 }]);
    const { order, tickets } = await buy(world.ctx, buyer, { code: "ATH02", kind: "duo" });
    const [first = "", second = ""] = idsOf(tickets);
    await refund({ orderId: order.id, ticketIds: [first] });
    expect(await orderNow(order.id)).toMatchObject({ state: "partly_refunded", payment: { state: "succeeded" } });
    await refund({ orderId: order.id, ticketIds: [second] });
    expect(await orderNow(order.id)).toMatchObject({ state: "refunded", payment: { state: "succeeded" } });
    const settled = { amount_cents: 0, reason: "organiser", state: "succeeded" };
    expect(await refundsOf(database.ownerDb, order.id)).toMatchObject([settled, settled]);
    expect(await seatsTaken(database.ownerDb, "ATH02")).toBe(0);
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 0, failed: [] });
    expect(world.payments.refunded).toEqual([]);
  });

  test("the same key gives the same refund, also when its answer was lost; another wish with it is refused", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "duo" });
    const wish = { orderId: order.id, ticketIds: idsOf(tickets), idempotencyKey: randomUUID() };
    const first = await refund(wish);
    expect(await refund(wish)).toEqual(first);
    // As if the process had died between the commit and the answer.
    await database.ownerDb
      .updateTable("idempotency_key")
      .set({ answer: null, claimed_at: world.ctx.clock() })
      .where("key", "=", wish.idempotencyKey)
      .execute();
    await expect(refund(wish)).rejects.toMatchObject({ code: "request_under_way" });
    world.clock.advance(2 * minute);
    expect(await refund(wish)).toEqual(first);
    await expect(refund({ ...wish, note: "other" })).rejects.toMatchObject({ code: "idempotency_key_reused" });
    expect(await refundsOf(database.ownerDb, order.id)).toHaveLength(1);
  });
});

describe("a ticket is not paid back", () => {
  const refused = { code: "ticket_not_refundable" };

  test("twice, nor with one that was", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { kind: "duo" });
    const [first = ""] = idsOf(tickets);
    await refund({ orderId: order.id, ticketIds: [first] });
    await expect(refund({ orderId: order.id, ticketIds: [first] })).rejects.toMatchObject(refused);
    await expect(refund({ orderId: order.id, ticketIds: idsOf(tickets) })).rejects.toMatchObject(refused);
    expect(await seatsTaken(database.ownerDb, "ATH01")).toBe(1);
  });

  test("when it was used", async () => {
    const { order, tickets } = await buy(world.ctx, buyer);
    await database.ownerDb.updateTable("ticket").set({ state: "admitted" }).where("order_id", "=", order.id).execute();
    await expect(refund({ orderId: order.id, ticketIds: idsOf(tickets) })).rejects.toMatchObject(refused);
  });

  test("with another order, or of none", async () => {
    const { order } = await buy(world.ctx, buyer);
    const { tickets } = await buy(world.ctx, buyer);
    await expect(refund({ orderId: order.id, ticketIds: idsOf(tickets) })).rejects.toMatchObject(refused);
    await expect(refund({ orderId: randomUUID(), ticketIds: idsOf(tickets) })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of an order whose money has gone back already", async () => {
    const { id: orderId } = await reserveOne(world.ctx, buyer, { quantity: 6 });
    const paymentId = await openPayment(world.ctx, buyer, orderId);
    await expireOrder(world.ctx, orderId);
    const { tickets } = await buy(world.ctx, buyer, { quantity: 6 });
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    await expect(refund({ orderId, ticketIds: idsOf(tickets) })).rejects.toMatchObject(refused);
  });
});

test("a ticket that was paid back can no longer be activated", async () => {
  await ensureOrganiserKeys(world.ctx);
  const { order, tickets } = await buy(world.ctx, buyer, { kind: "duo" });
  const device = await makeDevice();
  const answers = await device.answerChallenges(world.ctx, buyer, idsOf(tickets));
  await refund({ orderId: order.id, ticketIds: idsOf(tickets) });
  const activated = activateTickets(world.ctx, buyer, { tickets: answers });
  await expect(activated).rejects.toMatchObject({ code: "conflict" });
});

test("race: who is deleted while their tickets are paid back gets no mail, which would keep their address", async () => {
  const { order, tickets } = await buy(world.ctx, buyer);
  const { accountId } = buyer;
  // Somebody else's by now: locking the tickets does not hold the buyer back.
  const holder = { holder_account_id: (await registerVisitor(world.ctx)).accountId };
  await database.ownerDb.updateTable("ticket").set(holder).where("order_id", "=", order.id).execute();
  const mails = database.ownerDb.selectFrom("mail").select("template").where("account_id", "=", accountId);
  const before = await mails.execute();
  const { refunding } = await database.ownerDb.transaction().execute(async (trx) => {
    await anonymise(trx, { accountId, email: "gone@example.test", deletedAt: world.ctx.clock() });
    const paidBack = refund({ orderId: order.id, ticketIds: idsOf(tickets) });
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    return { refunding: paidBack };
  });
  await refunding;
  expect(await mails.execute()).toEqual(before);
  expect(await refundsOf(database.ownerDb, order.id)).toHaveLength(1);
});

test("an admin who is disabled meanwhile pays nothing back, and has nothing tried again", async () => {
  const { order, tickets } = await buy(world.ctx, buyer, { kind: "duo" });
  const [first = "", second = ""] = idsOf(tickets);
  const { refundId } = await refund({ orderId: order.id, ticketIds: [first] });
  world.payments.refundState = "failed";
  await sendRequestedRefunds(world.ctx);
  const other = await registerVisitor(world.ctx, "admin");
  await disableEmployee(world.ctx, other, { accountId: admin.accountId });
  const forbidden = { code: "forbidden" };
  await expect(refund({ orderId: order.id, ticketIds: [second] })).rejects.toMatchObject(forbidden);
  await expect(retryRefund(world.ctx, admin, { refundId })).rejects.toMatchObject(forbidden);
  expect(await refundsOf(database.ownerDb, order.id)).toMatchObject([{ state: "failed" }]);
  await expect(retryRefund(world.ctx, other, { refundId })).resolves.toEqual({ orderId: order.id });
});

describe("sending the money", () => {
  async function refunded() {
    const { order, tickets } = await buy(world.ctx, buyer);
    const { refundId } = await refund({ orderId: order.id, ticketIds: idsOf(tickets) });
    const state = async () => (await refundsOf(database.ownerDb, order.id))[0]?.state;
    return { orderId: order.id, refundId, state };
  }

  test("a provider that does not answer is asked again, after a while that grows", async () => {
    const { refundId, state } = await refunded();
    const cause = new Error("provider away");
    let asked = 0;
    const refuse = () => {
      asked += 1;
      return Promise.reject(cause);
    };
    const away = { ...world.ctx, payments: { ...world.ctx.payments, refund: refuse } };
    expect(await sendRequestedRefunds(away)).toEqual({ sent: 0, failed: [{ refundId, cause }] });
    expect(await sendRequestedRefunds(away)).toEqual({ sent: 0, failed: [] });
    for (let seconds = 0; seconds < 1300; seconds += 5) {
      world.clock.advance(5000);
      await sendRequestedRefunds(away);
    }
    // After 5 seconds, 5, 10, 20, … and then every ten minutes.
    expect(asked).toBe(10);
    expect(await state()).toBe("requested");
    world.clock.advance(10 * minute);
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 1, failed: [] });
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 0, failed: [] });
    expect(await state()).toBe("succeeded");
  });

  test("one that is refused fails until an admin has it tried again, as another attempt", async () => {
    const { orderId, refundId, state } = await refunded();
    await expect(retryRefund(world.ctx, admin, { refundId })).rejects.toMatchObject({ code: "conflict" });
    world.payments.refundState = "failed";
    expect(await sendRequestedRefunds(world.ctx)).toMatchObject({ sent: 0, failed: [{ refundId }] });
    expect(await state()).toBe("failed");
    world.clock.advance(60 * minute);
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 0, failed: [] });

    world.payments.refundState = "sent";
    expect(await retryRefund(world.ctx, admin, { refundId })).toEqual({ orderId });
    expect(await sendRequestedRefunds(world.ctx)).toEqual({ sent: 1, failed: [] });
    expect(await state()).toBe("sent");
    expect(world.payments.refunded.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect((await statesOf(database.ownerDb, orderId)).refund).toEqual(["failed", "requested", "requested", "sent"]);
    const entries = database.ownerDb.selectFrom("audit_entry").select(["actor_id", "subject_id", "details"]);
    expect(await entries.where("action", "=", "refund.retried").execute()).toEqual([
      { actor_id: admin.accountId, subject_id: refundId, details: { orderId } },
    ]);
  });

  test("is done once by however many workers", async () => {
    await refunded();
    const runs = await Promise.all(Array.from({ length: 8 }, () => sendRequestedRefunds(world.ctx)));
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(world.payments.refunded).toHaveLength(1);
  });
});
