import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cancelCompetitionSession } from "../catalogue/cancel-competition-session.ts";
import { changeCapacity } from "../catalogue/change-capacity.ts";
import { publishOffer } from "../catalogue/change-offer-state.ts";
import { createOffer } from "../catalogue/create-offer.ts";
import { listOffers } from "../catalogue/list-offers.ts";
import { listSeatPools } from "../catalogue/list-seat-pools.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { testRequester } from "../testing/requester.ts";
import { testContext, type TestContext } from "../testing/test-context.ts";
import { unlimitedAttempts } from "../testing/unlimited-attempts.ts";
import { applyPaymentEvent } from "./apply-payment-event.ts";
import { changeSalesSettings } from "./change-sales-settings.ts";
import { foldDeltas } from "./ledger.queries.ts";
import { payBackCancelled } from "./pay-back-cancelled.ts";
import { proveSales } from "./prove-sales.ts";
import { readAdminOrder } from "./read-admin-order.ts";
import { refundTickets, retryRefund } from "./refund-tickets.ts";
import { cancelOrder, expireOrder, expireOverdueOrders } from "./release-order.ts";
import { reserveSeats } from "./reserve-seats.ts";
import { readSalesSettings } from "./sales-settings.ts";
import { sendRequestedRefunds } from "./send-refunds.ts";
import { startPayment } from "./start-payment.ts";

let database: TestDatabase;
let world: TestContext;
let admin: Actor;
let offers: { id: string; priceCents: number; persons: number }[];
let pools: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  // The provider is asked as often as it takes: what is tried here are the books, not the limits.
  world.ctx.attempts = unlimitedAttempts;
  const { ctx } = world;
  admin = await registerVisitor(ctx, "admin");
  await stockProgramme(ctx, [
    { category: "A", priceCents: 33_33, capacity: 40 },
    { category: "B", priceCents: 1, capacity: 40 },
    { code: "ATH02", category: "A", priceCents: 100_00, capacity: 40 },
  ]);
  pools = (await listSeatPools(ctx, { search: "" })).map(({ seatPoolId }) => seatPoolId);
  const [first = "", , third = ""] = pools;
  const terms = { name: { fr: "À part", en: "Apart" }, salesOpenAt: null, salesCloseAt: null, maxPerOrder: 5 };
  for (const offer of [
    { priceCents: 50_01, kind: "duo" as const, persons: 2, seatPoolIds: [first, third] },
    // Of its three tickets one costs nothing.
    { priceCents: 2, kind: "group" as const, persons: 3, seatPoolIds: [third] },
    { priceCents: 0, kind: "solo" as const, persons: 1, seatPoolIds: [first] },
  ]) {
    const { id: offerId, version } = await createOffer(ctx, admin, { ...terms, ...offer });
    await publishOffer(ctx, admin, { offerId, version });
  }
  offers = (await listOffers(ctx, { search: "", page: 1, pageSize: 100 })).offers;
});
afterAll(() => database.drop());

const nth = fc.nat(20);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("reserve" as const),
      buyer: nth,
      offers: fc.uniqueArray(nth, { minLength: 1, maxLength: 3 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      partial: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("start" as const), order: nth }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("told" as const),
      payment: nth,
      what: fc.constantFrom("succeeded", "succeeded", "succeeded", "refused", "abandoned", "expired"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancel" as const), order: nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("expire" as const), order: nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("refund" as const),
      order: nth,
      tickets: fc.array(nth, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("send" as const), state: fc.constantFrom("sent", "succeeded", "failed") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("retry" as const), order: nth }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fold" as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("capacity" as const), pool: nth, by: fc.integer({ min: -2, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("tax" as const), taxRateBp: fc.nat(2500) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

type Known = { buyers: Actor[]; orders: { id: string; buyer: Actor }[]; payments: string[] };

const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % Math.max(1, items.length)];

/** Does one step; what is refused is refused. */
async function take(one: Step, known: Known): Promise<void> {
  try {
    await tryTo(one, known);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
  }
}

async function tryTo(one: Step, known: Known): Promise<void> {
  const { ctx, clock, payments } = world;
  if (one.kind === "reserve") return reserve(one, known);
  if (one.kind === "wait") {
    clock.advance(one.minutes * 60_000);
    await expireOverdueOrders(ctx);
  }
  if (one.kind === "send") {
    payments.refundState = one.state;
    await sendRequestedRefunds(ctx);
  }
  if (one.kind === "fold") await foldDeltas(ctx.db, one.limit);
  if (one.kind === "tax") {
    await changeSalesSettings(ctx, admin, { ...(await readSalesSettings(ctx)), taxRateBp: one.taxRateBp });
  }
  if (one.kind === "capacity") {
    const seatPoolId = pick(pools, one.pool) ?? "";
    const from =
      (await listSeatPools(ctx, { search: "" })).find((pool) => pool.seatPoolId === seatPoolId)?.capacity ?? 0;
    await changeCapacity(ctx, admin, { seatPoolId, from, capacity: Math.max(0, from + one.by) });
  }
  if (one.kind === "told") {
    const paymentId = pick(known.payments, one.payment);
    if (paymentId === undefined) return;
    const event = { id: randomUUID(), paymentId };
    await applyPaymentEvent(
      ctx,
      one.what === "succeeded"
        ? { ...event, kind: one.what, providerPaymentId: `money-${paymentId}` }
        : { ...event, kind: one.what },
    );
  }
  if ("order" in one) await withOrder(one, known);
}

async function reserve(one: Extract<Step, { kind: "reserve" }>, known: Known): Promise<void> {
  const buyer = pick(known.buyers, one.buyer);
  const wanted = new Set(one.offers.map((at) => pick(offers, at)));
  const lines = [...wanted].flatMap((offer) =>
    offer === undefined ? [] : [{ offerId: offer.id, quantity: one.quantity, unitPriceCents: offer.priceCents }],
  );
  if (buyer === undefined) return;
  const { orderId } = await reserveSeats(world.ctx, buyer, {
    idempotencyKey: randomUUID(),
    lines,
    partial: one.partial,
  });
  known.orders.push({ id: orderId, buyer });
}

async function withOrder(one: Extract<Step, { order: number }>, known: Known): Promise<void> {
  const { ctx } = world;
  const order = pick(known.orders, one.order);
  if (order === undefined) return;
  const orderId = order.id;
  if (one.kind === "cancel") await cancelOrder(ctx, order.buyer, { orderId });
  if (one.kind === "expire") await expireOrder(ctx, orderId);
  if (one.kind === "start") {
    await startPayment(ctx, order.buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
  }
  const { payments, tickets, refunds } = await readAdminOrder(ctx, { orderId });
  for (const { id } of payments) if (!known.payments.includes(id)) known.payments.push(id);
  if (one.kind === "retry") {
    const failed = refunds.find(({ state }) => state === "failed");
    if (failed !== undefined) await retryRefund(ctx, admin, { refundId: failed.id });
  }
  if (one.kind === "refund" && tickets.length > 0) {
    const ticketIds = [...new Set(one.tickets.map((at) => pick(tickets, at)?.id ?? ""))];
    await refundTickets(ctx, admin, { orderId, ticketIds, idempotencyKey: randomUUID(), note: "as drawn" });
  }
}

async function newcomers(): Promise<Known> {
  const buyers = await Promise.all([1, 2, 3].map(() => registerVisitor(world.ctx)));
  return { buyers, orders: [], payments: [] };
}

const disagreements = async () => (await proveSales(world.ctx)).rules.filter(({ total }) => total > 0);

test("an order of which all the money went back, and a free ticket did not, is paid back in part, until it does", async () => {
  const { ctx } = world;
  const [buyer] = (await newcomers()).buyers;
  const offer = offers.find(({ persons }) => persons === 3);
  if (buyer === undefined || offer === undefined) throw new Error("nobody buys nothing");
  const lines = [{ offerId: offer.id, quantity: 1, unitPriceCents: 2 }];
  const { orderId } = await reserveSeats(ctx, buyer, { idempotencyKey: randomUUID(), lines });
  await startPayment(ctx, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
  const paymentId = (await readAdminOrder(ctx, { orderId })).payments[0]?.id ?? "";
  await applyPaymentEvent(ctx, { id: randomUUID(), paymentId, kind: "succeeded", providerPaymentId: null });
  const { tickets } = await readAdminOrder(ctx, { orderId });
  expect(tickets.map(({ refundable }) => refundable)).toEqual([true, true, true]);
  const payBack = async (isWanted: (priceCents: number) => boolean) => {
    const ticketIds = tickets.filter(({ priceCents }) => isWanted(priceCents)).map(({ id }) => id);
    await refundTickets(ctx, admin, { orderId, ticketIds, idempotencyKey: randomUUID(), note: "some" });
  };
  await payBack((cents) => cents > 0);
  const { order, payments } = await readAdminOrder(ctx, { orderId });
  expect([order.state, payments[0]?.state]).toEqual(["partly_refunded", "refunded"]);
  expect(await disagreements()).toEqual([]);
  await payBack((cents) => cents === 0);
  expect((await readAdminOrder(ctx, { orderId })).order.state).toBe("refunded");
  expect(await disagreements()).toEqual([]);
});

test("whatever is reserved, paid, expired, cancelled, paid back and folded, one after the other, agrees", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const known = await newcomers();
      for (const one of steps) await take(one, known);
      expect(await disagreements()).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test("and so it does when four of these happen at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 4, maxLength: 4 }), { maxLength: 12 }), async (rounds) => {
      const known = await newcomers();
      for (const round of rounds) await Promise.all(round.map((one) => take(one, known)));
      expect(await disagreements()).toEqual([]);
    }),
    { numRuns: 10 },
  );
  await cancelAll();
  expect(await disagreements()).toEqual([]);
  const { counted } = await proveSales(world.ctx);
  // Something of everything has happened.
  expect(Math.min(counted.tickets, counted.returned, counted.refunds, counted.ledgerEntries)).toBeGreaterThan(0);
});

/** Cancels every competition session that was sold, and pays back from several nodes at once. */
async function cancelAll(): Promise<void> {
  const { ctx } = world;
  const sessions = (await listSeatPools(ctx, { search: "" })).map(({ competitionSession }) => competitionSession);
  for (const { id: competitionSessionId, code } of sessions) {
    await cancelCompetitionSession(ctx, admin, { competitionSessionId, code, note: "as drawn" });
  }
  await Promise.all([payBackCancelled(ctx), payBackCancelled(ctx), sendRequestedRefunds(ctx)]);
  await payBackCancelled(ctx);
  expect((await listSeatPools(ctx, { search: "" })).map(({ taken }) => taken)).toEqual(pools.map(() => 0));
}
