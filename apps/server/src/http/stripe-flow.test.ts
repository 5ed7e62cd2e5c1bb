import { randomUUID } from "node:crypto";
import { audienceHeader } from "@tessera/contracts";
import {
  cancelOrder,
  closeOverduePages,
  expireOverdueOrders,
  listOrders,
  listTickets,
  reconcilePayments,
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
  testRequester,
} from "@tessera/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { payPage } from "../testing/stripe-books.ts";
import { failTwice, onStripePage, openStripeSale, pageAt, type StripeSale } from "../testing/stripe-sale.ts";

const minute = 60_000;

let sale: StripeSale;
beforeEach(async () => void (sale = await openStripeSale()));
afterEach(() => sale.end());

/** All seats are bought by somebody else. */
async function takeAllSeats(): Promise<void> {
  await reserveOne(sale.core, await registerVisitor(sale.core), { kind: "duo" });
}

const paid = { order: "paid", payment: "succeeded", tickets: 2 };
const waiting = { order: "awaiting_payment", payment: "pending", tickets: 0 };

describe("what Stripe tells", () => {
  it("makes tickets of money, once, however often and in whatever order it comes", async () => {
    const { page, state } = await onStripePage(sale);
    expect(await sale.tell("payment_intent.payment_failed", { id: "pi_1" })).toBe(200);
    expect(await state()).toEqual(waiting);
    payPage(sale.stripe.books, page.id);
    const id = "evt_paid";
    const statuses = await Promise.all([
      sale.tell("checkout.session.completed", page, { id }),
      sale.tell("checkout.session.completed", page, { id }),
      sale.tell("checkout.session.completed", page),
      sale.tell("checkout.session.expired", { ...page, status: "expired" }),
    ]);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(await state()).toEqual(paid);
  });

  it("counts as money also after it was said that the page had expired", async () => {
    const { page, state } = await onStripePage(sale);
    const expired = { ...page, status: "expired" };
    payPage(sale.stripe.books, page.id);
    expect(await sale.tell("checkout.session.expired", expired)).toBe(200);
    expect(await sale.tell("checkout.session.completed", page)).toBe(200);
    expect(await state()).toEqual(paid);
  });

  it("is not believed from a stranger, late or changed, and then changes nothing", async () => {
    const { page, state } = await onStripePage(sale);
    const lie = { ...page, payment_status: "paid", payment_intent: "pi_lie" };
    expect(await sale.tell("checkout.session.completed", lie, { secret: "whsec_other" })).toBe(401);
    const at = new Date(sale.core.clock().getTime() - 6 * minute);
    expect(await sale.tell("checkout.session.completed", lie, { at })).toBe(401);
    expect(await state()).toEqual(waiting);
  });

  it("is refused for a payment that nobody knows, so that it is told again, and at the demo's address", async () => {
    const page = { metadata: { paymentId: randomUUID() }, payment_status: "paid", payment_intent: null };
    expect(await sale.tell("checkout.session.completed", page)).toBe(404);
    expect((await sale.app.request("/webhooks/demo", { method: "POST", body: "{}" })).status).toBe(404);
    expect((await sale.app.request(`/pay/demo/${randomUUID()}`)).headers.get("content-type")).toMatch("text/plain");
  });
});

describe("what a lost webhook did not tell", () => {
  it("is asked for after a while", async () => {
    const { page, state } = await onStripePage(sale);
    payPage(sale.stripe.books, page.id);
    sale.clock.advance(3 * minute);
    expect(await reconcilePayments(sale.core)).toMatchObject({ done: 1 });
    expect(await state()).toEqual(paid);
    expect(await sale.tell("checkout.session.completed", page)).toBe(200);
    expect(await state()).toEqual(paid);
  });

  it("is asked for also where the page's name was lost with the answer", async () => {
    const { page, state, open } = await onStripePage(sale);
    await sale.core.db.updateTable("payment").set({ provider_page_id: null }).execute();
    payPage(sale.stripe.books, page.id);
    sale.clock.advance(3 * minute);
    await reconcilePayments(sale.core);
    expect(await state()).toEqual(paid);
    await expect(open()).rejects.toHaveProperty("code", "order_not_payable");
  });
});

describe("the end of a hold", () => {
  it("closes the page at Stripe before the seats are free", async () => {
    const { page, state } = await onStripePage(sale);
    sale.clock.advance(31 * minute);
    expect(await expireOverdueOrders(sale.core)).toBe(0);
    await closeOverduePages(sale.core);
    expect(page.status).toBe("expired");
    expect(await expireOverdueOrders(sale.core)).toBe(1);
    expect(await state()).toEqual({ order: "expired", payment: "expired", tickets: 0 });
    expect(await seatsTaken(sale.core.db, "ATH01")).toBe(0);
  });

  it("sells what was paid at the last moment", async () => {
    const { page, state } = await onStripePage(sale);
    payPage(sale.stripe.books, page.id);
    sale.clock.advance(31 * minute);
    await closeOverduePages(sale.core);
    expect(await expireOverdueOrders(sale.core)).toBe(0);
    expect(await state()).toEqual(paid);
  });

  it("keeps the seats while Stripe does not answer, and pays back what is paid after they went to others", async () => {
    const { page, orderId, state } = await onStripePage(sale);
    const expire = `POST /v1/checkout/sessions/${page.id}/expire`;
    failTwice(sale, expire, 500);
    sale.clock.advance(31 * minute);
    expect(await closeOverduePages(sale.core)).toMatchObject({
      failed: [{ paymentId: page.client_reference_id }],
    });
    expect(await expireOverdueOrders(sale.core)).toBe(0);
    failTwice(sale, expire, 500);
    sale.clock.advance(10 * minute);
    await closeOverduePages(sale.core);
    expect(await expireOverdueOrders(sale.core)).toBe(1);
    await takeAllSeats();

    payPage(sale.stripe.books, page.id);
    expect(await sale.tell("checkout.session.completed", page)).toBe(200);
    await sendRequestedRefunds(sale.core);
    expect(await state()).toEqual({ order: "refunded", payment: "refunded", tickets: 0 });
    expect(sale.stripe.books.refunds).toMatchObject([
      { payment_intent: page.payment_intent, amount: page.amount_total },
    ]);
    expect(await refundsOf(sale.core.db, orderId)).toMatchObject([{ reason: "no_seats_left", state: "succeeded" }]);
  });

  it("comes when the visitor wants it", async () => {
    const { buyer, orderId, page } = await onStripePage(sale);
    expect(await cancelOrder(sale.core, buyer, { orderId })).toMatchObject({ state: "cancelled" });
    expect(page.status).toBe("expired");
  });
});

describe("Stripe away", () => {
  it("leaves the seats held, and the next try gets the page", async () => {
    const buyer = await registerVisitor(sale.core);
    const { id: orderId } = await reserveOne(sale.core, buyer, { kind: "duo" });
    const open = () => startPayment(sale.core, buyer, { orderId, idempotencyKey: randomUUID() }, testRequester);
    failTwice(sale, "POST /v1/checkout/sessions", "hang");
    await expect(open()).rejects.toHaveProperty("code", "unavailable");
    expect(await seatsTaken(sale.core.db, "ATH01")).toBe(2);
    expect(pageAt(sale.stripe, (await open()).redirectUrl)).toMatchObject({ status: "open" });
    expect(sale.stripe.books.pages).toHaveLength(1);
  });
});

it("goes from the basket to the ticket over HTTP", async () => {
  const account = await registerAccount(sale.core, "visitor");
  const { standing } = await signInByPassword(sale.core, account, "shop");
  const { token } = (
    await verifyTotp(sale.core, standing, { code: await authenticatorCode(sale.core.clock()) }, testRequester)
  ).authSession;
  const headers = {
    [audienceHeader]: "shop",
    cookie: `tessera_shop=${token}`,
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
  };
  const ask = async (procedure: string, input: object): Promise<unknown> => {
    const body = JSON.stringify(input);
    return (await sale.app.request(`/trpc/tickets.sales.${procedure}`, { method: "POST", headers, body })).json();
  };
  const { offerId, unitPriceCents } = await offerIn(sale.core, { kind: "duo" });
  const lines = [{ offerId, unitPriceCents, quantity: 1 }];
  await ask("reserve", { idempotencyKey: randomUUID(), lines });
  const [{ id: orderId } = { id: "" }] = await listOrders(sale.core, { accountId: account.id });
  const started = await ask("startPayment", { orderId, idempotencyKey: randomUUID() });
  const [page] = sale.stripe.books.pages;
  expect(started).toEqual({ result: { data: { redirectUrl: page?.url } } });
  payPage(sale.stripe.books, page?.id ?? "");
  expect(await sale.tell("checkout.session.completed", page ?? {})).toBe(200);
  expect(await listTickets(sale.core, { accountId: account.id }, { orderId })).toHaveLength(2);
});
