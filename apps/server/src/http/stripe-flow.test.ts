import { randomUUID } from "node:crypto";
import { audienceHeader } from "@tessera/contracts";
import {
  type Actor,
  cancelOrder,
  closeOverduePages,
  type CoreContext,
  expireOverdueOrders,
  listOrders,
  listTickets,
  readOrder,
  reconcilePayments,
  refundTickets,
  sendRequestedRefunds,
  startPayment,
  verifyTotp,
} from "@tessera/core";
import {
  authenticatorCode,
  offerIn,
  refundsOf,
  registerAccount,
  registerVisitor,
  reserveOne,
  seatsTaken,
  signInByPassword,
  stockProgramme,
  type TestContext,
  testContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStripePayments } from "../adapters/stripe-payments.ts";
import { type BookedPage, payPage } from "../testing/stripe-books.ts";
import { startStripeStandIn, type StripeStandIn, stripeWebhook } from "../testing/stripe-stand-in.ts";
import { testApp } from "../testing/test-app.ts";

const minute = 60_000;

let database: TestDatabase;
let test: TestContext;
let stripe: StripeStandIn;
let core: CoreContext;
let app: ReturnType<typeof testApp>["app"];

beforeEach(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
  const { clock } = test.ctx;
  stripe = await startStripeStandIn(clock);
  const log = { warn: () => undefined };
  const payments = createStripePayments({ ...stripe.settings, clock, log, patienceMs: 300 });
  core = { ...test.ctx, payments };
  ({ app } = testApp(core, { core, payments }));
  // Two seats, so that whoever lets them go may not get them again.
  await stockProgramme(core, [{ capacity: 2 }]);
});
afterEach(async () => {
  await stripe.close();
  await database.drop();
});

async function tell(type: string, object: object, sent: { id?: string; secret?: string; at?: Date } = {}) {
  const secret = stripe.settings.webhookSecret;
  const { body, headers } = stripeWebhook(type, object, { secret, at: core.clock(), ...sent });
  return (await app.request("/webhooks/stripe", { method: "POST", body, headers })).status;
}

/** Somebody stands on Stripe's page with an order of two seats to pay. */
async function onPage() {
  const buyer = await registerVisitor(core);
  const { id: orderId } = await reserveOne(core, buyer, { kind: "duo" });
  const open = () => startPayment(core, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
  const { redirectUrl } = await open();
  const page = pageAt(redirectUrl);
  const state = async () => {
    const order = await readOrder(core, buyer, { orderId });
    const tickets = await listTickets(core, buyer, { orderId });
    return { order: order.state, payment: order.payment?.state, tickets: tickets.length };
  };
  return { buyer, orderId, page, open, state };
}

function pageAt(redirectUrl: string): BookedPage {
  const page = stripe.books.pages.find(({ url }) => url === redirectUrl);
  if (page === undefined) throw new Error(`Stripe has no page at ${redirectUrl}`);
  return page;
}

/** All seats are bought by somebody else. */
async function takeAllSeats(): Promise<void> {
  await reserveOne(core, await registerVisitor(core), { kind: "duo" });
}

const paid = { order: "paid", payment: "succeeded", tickets: 2 };
const waiting = { order: "awaiting_payment", payment: "pending", tickets: 0 };

describe("what Stripe tells", () => {
  it("makes tickets of money, once, however often and in whatever order it comes", async () => {
    const { page, state } = await onPage();
    expect(await tell("payment_intent.payment_failed", { id: "pi_1" })).toBe(200);
    expect(await state()).toEqual(waiting);
    payPage(stripe.books, page.id);
    const id = "evt_paid";
    const statuses = await Promise.all([
      tell("checkout.session.completed", page, { id }),
      tell("checkout.session.completed", page, { id }),
      tell("checkout.session.completed", page),
      tell("checkout.session.expired", { ...page, status: "expired" }),
    ]);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(await state()).toEqual(paid);
  });

  it("counts as money also after it was said that the page had expired", async () => {
    const { page, state } = await onPage();
    const expired = { ...page, status: "expired" };
    payPage(stripe.books, page.id);
    expect(await tell("checkout.session.expired", expired)).toBe(200);
    expect(await tell("checkout.session.completed", page)).toBe(200);
    expect(await state()).toEqual(paid);
  });

  it("is not believed from a stranger, late or changed, and then changes nothing", async () => {
    const { page, state } = await onPage();
    const lie = { ...page, payment_status: "paid", payment_intent: "pi_lie" };
    expect(await tell("checkout.session.completed", lie, { secret: "whsec_other" })).toBe(401);
    const at = new Date(core.clock().getTime() - 6 * minute);
    expect(await tell("checkout.session.completed", lie, { at })).toBe(401);
    expect(await state()).toEqual(waiting);
  });

  it("is refused for a payment that nobody knows, so that it is told again, and at the demo's address", async () => {
    const page = { metadata: { paymentId: randomUUID() }, payment_status: "paid", payment_intent: null };
    expect(await tell("checkout.session.completed", page)).toBe(404);
    expect((await app.request("/webhooks/demo", { method: "POST", body: "{}" })).status).toBe(404);
    expect((await app.request(`/pay/demo/${randomUUID()}`)).headers.get("content-type")).toMatch("text/plain");
  });
});

describe("what a lost webhook did not tell", () => {
  it("is asked for after a while", async () => {
    const { page, state } = await onPage();
    payPage(stripe.books, page.id);
    test.clock.advance(3 * minute);
    expect(await reconcilePayments(core)).toEqual({ done: 1 });
    expect(await state()).toEqual(paid);
    expect(await tell("checkout.session.completed", page)).toBe(200);
    expect(await state()).toEqual(paid);
  });

  it("is asked for also where the page's name was lost with the answer", async () => {
    const { page, state, open } = await onPage();
    await core.db.updateTable("payment").set({ provider_page_id: null }).execute();
    payPage(stripe.books, page.id);
    test.clock.advance(3 * minute);
    await reconcilePayments(core);
    expect(await state()).toEqual(paid);
    await expect(open()).rejects.toHaveProperty("code", "order_not_payable");
  });
});

describe("the end of a hold", () => {
  it("closes the page at Stripe before the seats are free", async () => {
    const { page, state } = await onPage();
    test.clock.advance(31 * minute);
    expect(await expireOverdueOrders(core)).toBe(0);
    await closeOverduePages(core);
    expect(page.status).toBe("expired");
    expect(await expireOverdueOrders(core)).toBe(1);
    expect(await state()).toEqual({ order: "expired", payment: "expired", tickets: 0 });
    expect(await seatsTaken(core.db, "ATH01")).toBe(0);
  });

  it("sells what was paid at the last moment", async () => {
    const { page, state } = await onPage();
    payPage(stripe.books, page.id);
    test.clock.advance(31 * minute);
    await closeOverduePages(core);
    expect(await expireOverdueOrders(core)).toBe(0);
    expect(await state()).toEqual(paid);
  });

  it("keeps the seats while Stripe does not answer, and pays back what is paid after they went to others", async () => {
    const { page, orderId, state } = await onPage();
    const expire = `POST /v1/checkout/sessions/${page.id}/expire`;
    for (let tries = 0; tries < 2; tries += 1) stripe.fail(expire, 500);
    test.clock.advance(31 * minute);
    expect(await closeOverduePages(core)).toMatchObject({ away: { paymentId: page.client_reference_id } });
    expect(await expireOverdueOrders(core)).toBe(0);
    for (let tries = 0; tries < 2; tries += 1) stripe.fail(expire, 500);
    test.clock.advance(10 * minute);
    await closeOverduePages(core);
    expect(await expireOverdueOrders(core)).toBe(1);
    await takeAllSeats();

    payPage(stripe.books, page.id);
    expect(await tell("checkout.session.completed", page)).toBe(200);
    await sendRequestedRefunds(core);
    expect(await state()).toEqual({ order: "refunded", payment: "refunded", tickets: 0 });
    expect(stripe.books.refunds).toMatchObject([{ payment_intent: page.payment_intent, amount: page.amount_total }]);
    expect(await refundsOf(core.db, orderId)).toMatchObject([{ reason: "no_seats_left", state: "succeeded" }]);
  });

  it("comes when the visitor wants it", async () => {
    const { buyer, orderId, page } = await onPage();
    expect(await cancelOrder(core, buyer, { orderId })).toMatchObject({ state: "cancelled" });
    expect(page.status).toBe("expired");
  });
});

describe("Stripe away", () => {
  it("leaves the seats held, and the next try gets the page", async () => {
    const buyer = await registerVisitor(core);
    const { id: orderId } = await reserveOne(core, buyer, { kind: "duo" });
    const open = () => startPayment(core, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
    for (let tries = 0; tries < 2; tries += 1) stripe.fail("POST /v1/checkout/sessions", "hang");
    await expect(open()).rejects.toHaveProperty("code", "unavailable");
    expect(await seatsTaken(core.db, "ATH01")).toBe(2);
    expect(pageAt((await open()).redirectUrl)).toMatchObject({ status: "open" });
    expect(stripe.books.pages).toHaveLength(1);
  });
});

describe("paying back", () => {
  /** Two tickets, paid for, of which an admin pays the first back. */
  async function oneBack(): Promise<{ buyer: Actor; orderId: string; refundState: () => Promise<string | undefined> }> {
    const { buyer, orderId, page } = await onPage();
    payPage(stripe.books, page.id);
    await tell("checkout.session.completed", page);
    const [ticket] = await listTickets(core, buyer, { orderId });
    const admin = await registerVisitor(core, "admin");
    const ticketIds = ticket === undefined ? [] : [ticket.id];
    await refundTickets(core, admin, { idempotencyKey: randomUUID(), orderId, ticketIds, note: "ill" });
    const refundState = async () => (await refundsOf(core.db, orderId))[0]?.state;
    return { buyer, orderId, refundState };
  }

  it("sends a part, and hears how it ended", async () => {
    stripe.books.refundStatus = "pending";
    const { refundState } = await oneBack();
    await sendRequestedRefunds(core);
    expect(await refundState()).toBe("sent");
    const [refund] = stripe.books.refunds;
    expect(await tell("refund.updated", { ...refund, status: "succeeded" })).toBe(200);
    expect(await tell("refund.created", { ...refund, status: "pending" })).toBe(200);
    expect(await refundState()).toBe("succeeded");
  });

  it("hears how it ended before its own answer has come", async () => {
    const { refundState } = await oneBack();
    for (let tries = 0; tries < 2; tries += 1) stripe.fail("POST /v1/refunds", "hang");
    const { failed } = await sendRequestedRefunds(core);
    expect(failed).toHaveLength(1);
    expect(await refundState()).toBe("requested");
    const [refund] = stripe.books.refunds;
    expect(await tell("refund.updated", { ...refund, status: "succeeded" })).toBe(200);
    expect(await refundState()).toBe("succeeded");
    test.clock.advance(minute);
    expect(await sendRequestedRefunds(core)).toEqual({ sent: 0, failed: [] });
    expect(stripe.books.refunds).toHaveLength(1);
  });

  it("hears that the bank has given it back", async () => {
    const { refundState } = await oneBack();
    await sendRequestedRefunds(core);
    const [refund] = stripe.books.refunds;
    expect(await tell("refund.failed", { ...refund, status: "failed" })).toBe(200);
    expect(await refundState()).toBe("failed");
  });
});

it("goes from the basket to the ticket over HTTP", async () => {
  const account = await registerAccount(core, "visitor");
  const { standing } = await signInByPassword(core, account, "shop");
  const { token } = (await verifyTotp(core, standing, { code: await authenticatorCode(core.clock()) }, testRequester))
    .authSession;
  const headers = {
    [audienceHeader]: "shop",
    cookie: `tessera_shop=${token}`,
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
  };
  const ask = async (procedure: string, input: object): Promise<unknown> => {
    const body = JSON.stringify(input);
    return (await app.request(`/trpc/tickets.sales.${procedure}`, { method: "POST", headers, body })).json();
  };
  const { offerId, unitPriceCents } = await offerIn(core, { kind: "duo" });
  const lines = [{ offerId, unitPriceCents, quantity: 1 }];
  await ask("reserve", { idempotencyKey: randomUUID(), lines });
  const [{ id: orderId } = { id: "" }] = await listOrders(core, { accountId: account.id });
  const started = await ask("startPayment", { orderId, idempotencyKey: randomUUID() });
  const [page] = stripe.books.pages;
  expect(started).toEqual({ result: { data: { redirectUrl: page?.url } } });
  payPage(stripe.books, page?.id ?? "");
  expect(await tell("checkout.session.completed", page ?? {})).toBe(200);
  expect(await listTickets(core, { accountId: account.id }, { orderId })).toHaveLength(2);
});
