import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cancelCompetitionSession } from "../catalogue/cancel-competition-session.ts";
import { publishOffer } from "../catalogue/change-offer-state.ts";
import { createOffer } from "../catalogue/create-offer.ts";
import { listSeatPools } from "../catalogue/list-seat-pools.ts";
import { readAdminCompetitionSession } from "../catalogue/read-admin-competition-session.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  demandProof,
  handOver,
  offerIn,
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
} from "../testing/index.ts";
import { changeTickets } from "../tickets/change-tickets.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { payBackCancelled } from "./pay-back-cancelled.ts";
import { readAdminOrder } from "./read-admin-order.ts";
import { readOrder } from "./read-orders.ts";
import { refundTickets, retryRefund } from "./refund-tickets.ts";
import { expireOrder } from "./release-order.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";

let database: TestDatabase;
let world: TestContext;
let admin: Actor;
let buyer: Actor;
let code: string;
let competitionSessionId: string;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A competition session of each test's own, on books that agree. */
beforeEach(async () => {
  world = testContext({ db: database.db });
  admin = await registerVisitor(world.ctx, "admin");
  buyer = await registerVisitor(world.ctx);
  ({ code, competitionSessionId } = await scheduled());
  return () => demandProof(world.ctx);
});

async function scheduled(priceCents = 100_01): Promise<{ code: string; competitionSessionId: string }> {
  made += 1;
  const next = `ATH${String(made).padStart(2, "0")}`;
  await stockProgramme(world.ctx, [{ code: next, capacity: 50, priceCents }]);
  world.clock.advance(1000);
  return { code: next, competitionSessionId: (await offerIn(world.ctx, { code: next })).competitionSessionId };
}

const cancel = () => cancelCompetitionSession(world.ctx, admin, { competitionSessionId, code, note: "Storm" });
const payBack = (signal?: AbortSignal) => payBackCancelled(world.ctx, signal);
const read = () => readAdminCompetitionSession(world.ctx, { competitionSessionId });
const orderNow = (orderId: string, who = buyer) => readOrder(world.ctx, who, { orderId });
const taken = () => seatsTaken(database.ownerDb, code);
const mailsOf = async (who: Pick<Actor, "accountId">) =>
  (await queuedMailsFor(world.ctx, who)).filter(
    ({ template }) => !["order_paid", "hand_over_ended"].includes(template),
  );

describe("whoever has paid", () => {
  test("is paid back, told why, and has no tickets; the seats are free and count for nobody", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { code, kind: "family" });
    const other = await registerVisitor(world.ctx);
    const second = await buy(world.ctx, other, { code, quantity: 2 });
    const refunded = { orderId: second.order.id, ticketIds: [second.tickets[0]?.id ?? ""], note: "ill" };
    await refundTickets(world.ctx, admin, { ...refunded, idempotencyKey: randomUUID() });
    expect(await read()).toMatchObject({
      categories: [{ taken: 5, sold: 5, held: 0, admitted: 0 }],
      owed: { orders: 2, tickets: 5, amountCents: order.totalCents + 100_01, unpaidOrders: 0 },
    });

    await cancel();
    expect(await payBack()).toEqual({ released: 0, paidBack: 2, failed: [] });
    expect(await taken()).toBe(0);
    expect(await orderNow(order.id)).toMatchObject({
      state: "refunded",
      refunds: [{ amountCents: order.totalCents, reason: "session_cancelled", state: "requested" }],
    });
    expect((await orderNow(second.order.id, other)).state).toBe("refunded");
    expect((await listTickets(world.ctx, buyer, {})).map(({ state }) => state)).toEqual(tickets.map(() => "cancelled"));
    expect(await mailsOf(buyer)).toMatchObject([
      { template: "order_refunded", reason: "session_cancelled", tickets: 4, amountCents: order.totalCents },
    ]);
    expect((await readAdminOrder(world.ctx, { orderId: order.id })).refunds).toMatchObject([{ note: "Storm" }]);
    const paid = { orders: 2, tickets: 5, amountCents: order.totalCents + 100_01 };
    expect(await read()).toMatchObject({
      owed: { orders: 0, tickets: 0, amountCents: 0 },
      paidBack: { ...paid, refunds: { underWay: 2, succeeded: 0, failed: 0 } },
      cancelled: { paidBackAt: world.ctx.clock() },
    });
    expect(await payBack()).toEqual({ released: 0, paidBack: 0, failed: [] });

    world.payments.refundState = "failed";
    await sendRequestedRefunds(world.ctx);
    const { failedRefunds, paidBack } = await read();
    expect(paidBack.refunds).toEqual({ underWay: 0, succeeded: 0, failed: 2 });
    expect(failedRefunds.map(({ orderId }) => orderId).toSorted()).toEqual([order.id, second.order.id].toSorted());
    world.payments.refundState = "succeeded";
    for (const { refundId } of failedRefunds) await retryRefund(world.ctx, admin, { refundId });
    await sendRequestedRefunds(world.ctx);
    expect(await read()).toMatchObject({ failedRefunds: [], paidBack: { refunds: { succeeded: 2 } } });
  });

  test("and has given tickets away: the money is the buyer's, and the new holders are told", async () => {
    const { tickets } = await buy(world.ctx, buyer, { code, kind: "family" });
    const receiver = await registerVisitor(world.ctx);
    await handOver(world.ctx, { giver: buyer, receiver, ticketIds: tickets.slice(0, 2).map(({ id }) => id) });
    await cancel();
    await payBack();
    expect(await mailsOf(buyer)).toMatchObject([{ template: "order_refunded", tickets: 4 }]);
    const [mail] = (await queuedMailsFor(world.ctx, receiver)).filter(
      ({ template }) => template === "tickets_cancelled",
    );
    expect(mail).toMatchObject({ reason: "session_cancelled", tickets: [{ competitionSessionCode: code }, {}] });
    expect((await listTickets(world.ctx, receiver, {})).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    const counting = database.ownerDb.selectFrom("hand_over").select("id").where("counts", "=", true);
    expect(await counting.where("to_account_id", "=", receiver.accountId).execute()).toEqual([]);
  });

  test("and was let in already is paid back too: by the cancellation, and never without one", async () => {
    const { order, tickets } = await buy(world.ctx, buyer, { code, kind: "duo" });
    const [ticketId = ""] = tickets.map(({ id }) => id);
    await world.ctx.db.transaction().execute(async (trx) => {
      const at = world.ctx.clock();
      await changeTickets(world.ctx, trx, [{ id: ticketId, competitionSessionId, state: "issued", epoch: 0 }], {
        state: "admitted",
        at,
      });
    });
    expect(await read()).toMatchObject({ categories: [{ sold: 2, admitted: 1 }], owed: { tickets: 2 } });
    const wish = { orderId: order.id, ticketIds: [ticketId], note: "ill", idempotencyKey: randomUUID() };
    await expect(refundTickets(world.ctx, admin, wish)).rejects.toMatchObject({ code: "ticket_not_refundable" });
    world.clock.advance(1000);
    await cancel();
    await payBack();
    expect((await orderNow(order.id)).state).toBe("refunded");
  });

  test("of a package and a basket over several gets back what was cancelled, and keeps the rest", async () => {
    const stays = await scheduled();
    const pools = await Promise.all([code, stays.code].map((search) => listSeatPools(world.ctx, { search })));
    const name = { fr: "Les deux", en: "Both" };
    const terms = { name, priceCents: 300_00, salesOpenAt: null, salesCloseAt: null, maxPerOrder: 5 };
    const seatPoolIds = pools.flat().map(({ seatPoolId }) => seatPoolId);
    const draft = await createOffer(world.ctx, admin, { ...terms, seatPoolIds, kind: "group", persons: 3 });
    await publishOffer(world.ctx, admin, { offerId: draft.id, version: draft.version });
    world.clock.advance(1000);
    const { order } = await buy(world.ctx, buyer, { code, kind: "group" });
    const lost = (await ticketsOf(order.id)).filter((ticket) => ticket.competitionSession.code === code);
    await cancel();
    await payBack();
    const amountCents = lost.reduce((sum, { priceCents }) => sum + priceCents, 0);
    expect(await orderNow(order.id)).toMatchObject({ state: "partly_refunded", refunds: [{ amountCents }] });
    const states = (await ticketsOf(order.id)).map((ticket) => `${ticket.competitionSession.code} ${ticket.state}`);
    const both = [`${code} cancelled`, `${stays.code} issued`];
    expect(states.toSorted()).toEqual(both.flatMap((state) => [state, state, state]));
    expect(await seatsTaken(database.ownerDb, stays.code)).toBe(3);
  });

  test("nothing gets nothing back, and is told so", async () => {
    ({ code, competitionSessionId } = await scheduled(0));
    const { order } = await buy(world.ctx, buyer, { code, kind: "duo" });
    await cancel();
    await payBack();
    expect((await orderNow(order.id)).state).toBe("refunded");
    expect(await refundsOf(database.ownerDb, order.id)).toMatchObject([
      { amount_cents: 0, reason: "session_cancelled", state: "succeeded" },
    ]);
    expect(await mailsOf(buyer)).toMatchObject([{ template: "order_refunded", amountCents: 0, tickets: 2 }]);
  });

  const ticketsOf = async (orderId: string) => (await readAdminOrder(world.ctx, { orderId })).tickets;
});

describe("whoever has not paid yet", () => {
  test("loses the seats, each page closed before; money that comes all the same goes back", async () => {
    const { id: held } = await reserveOne(world.ctx, buyer, { code });
    const { id: paying } = await reserveOne(world.ctx, buyer, { code, quantity: 2 });
    const paymentId = await openPayment(world.ctx, buyer, paying);
    expect(await read()).toMatchObject({ categories: [{ held: 3 }], owed: { unpaidOrders: 2 } });
    await cancel();
    expect(await payBack()).toEqual({ released: 2, paidBack: 0, failed: [] });
    expect(world.payments.closed).toEqual([paymentId]);
    expect([(await orderNow(held)).state, (await orderNow(paying)).state]).toEqual(["expired", "expired"]);
    expect(await taken()).toBe(0);
    expect((await read()).cancelled?.paidBackAt).toEqual(world.ctx.clock());

    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect(await orderNow(paying)).toMatchObject({ state: "refunded", refunds: [{ reason: "session_cancelled" }] });
    expect(await mailsOf(buyer)).toMatchObject([
      { template: "order_refunded", reason: "session_cancelled", tickets: 0 },
    ]);
    expect(await taken()).toBe(0);
  });

  test("and pays before the page was closed gets the money back at once, and no tickets", async () => {
    const { id } = await reserveOne(world.ctx, buyer, { code });
    const paymentId = await openPayment(world.ctx, buyer, id);
    await cancel();
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect(await orderNow(id)).toMatchObject({ state: "refunded", refunds: [{ reason: "session_cancelled" }] });
    expect(await listTickets(world.ctx, buyer, {})).toEqual([]);
    expect(await taken()).toBe(0);
    await payBack();
    expect(await refundsOf(database.ownerDb, id)).toHaveLength(1);
  });

  test("keeps nobody else waiting while the provider does not answer, and is released once it does", async () => {
    const { id: paying } = await reserveOne(world.ctx, buyer, { code });
    await openPayment(world.ctx, buyer, paying);
    const { order } = await buy(world.ctx, buyer, { code });
    await cancel();
    const away = { ...world.ctx.payments, close: () => Promise.reject(new Error("no answer")) };
    const run = await payBackCancelled({ ...world.ctx, payments: away });
    expect(run).toMatchObject({ released: 0, paidBack: 1, failed: [{ orderId: paying }] });
    expect((await orderNow(order.id)).state).toBe("refunded");
    expect((await read()).cancelled?.paidBackAt).toBeNull();
    expect(await payBack()).toEqual({ released: 1, paidBack: 0, failed: [] });
    expect((await read()).cancelled?.paidBackAt).toEqual(world.ctx.clock());
  });
});

describe("the run", () => {
  test("that is stopped in between is taken up by the next", async () => {
    for (let order = 0; order < 4; order += 1) await buy(world.ctx, await registerVisitor(world.ctx), { code });
    await cancel();
    const stop = new AbortController();
    const { policy } = world.ctx;
    // Looked at once with each mail: stopped while the second order is paid back.
    let asked = 0;
    const stopping = {
      ...world.ctx,
      get policy() {
        if ((asked += 1) === 2) stop.abort();
        return policy;
      },
    };
    expect((await payBackCancelled(stopping, stop.signal)).paidBack).toBe(2);
    expect(await read()).toMatchObject({
      owed: { orders: 2 },
      paidBack: { orders: 2 },
      cancelled: { paidBackAt: null },
    });
    await demandProof(world.ctx);
    expect((await payBack()).paidBack).toBe(2);
    expect(await taken()).toBe(0);
  });

  test("that several nodes do at once pays everybody back once", async () => {
    const orders = [];
    for (let order = 0; order < 8; order += 1) {
      const who = await registerVisitor(world.ctx);
      orders.push((await buy(world.ctx, who, { code, quantity: 2 })).order.id);
    }
    await reserveOne(world.ctx, buyer, { code });
    await cancel();
    const runs = await Promise.all([payBack(), payBack(), payBack()]);
    expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
    expect(runs.reduce((sum, { paidBack }) => sum + paidBack, 0)).toBe(8);
    expect(runs.reduce((sum, { released }) => sum + released, 0)).toBe(1);
    for (const orderId of orders) expect(await refundsOf(database.ownerDb, orderId)).toHaveLength(1);
    await payBack();
    expect((await read()).cancelled?.paidBackAt).not.toBeNull();
  });

  test("of late money that was taken for an expired order knows of the cancellation", async () => {
    const { id } = await reserveOne(world.ctx, buyer, { code });
    const paymentId = await openPayment(world.ctx, buyer, id);
    await expireOrder(world.ctx, id);
    await cancel();
    await payBack();
    await applyPaymentEvent(world.ctx, told(paymentId, "succeeded"));
    expect(await orderNow(id)).toMatchObject({ state: "refunded", refunds: [{ reason: "session_cancelled" }] });
  });
});
