import { randomUUID } from "node:crypto";
import { cancelOrder, closeOverduePages, expireOverdueOrders, listTickets, reconcilePayments } from "@tessera/core";
import { stockProgramme, type TestContext, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDemoPayments } from "../../adapters/demo-payments.ts";
import { onPayPage } from "../../testing/pay-page.ts";
import { testApp } from "../../testing/test-app.ts";

const minute = 60_000;
let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  await stockProgramme(testContext({ db: database.db }).ctx, [{ capacity: 200 }]);
});
afterAll(() => database.drop());
beforeEach(() => {
  test = testContext({ db: database.db });
});

const pageOf = async ({ app, redirectUrl }: Awaited<ReturnType<typeof onPayPage>>): Promise<string> =>
  (await app.request(redirectUrl)).text();

describe("the demo's pay page", () => {
  it("shows what is to be paid, in the visitor's language, without a script", async () => {
    const { app, redirectUrl } = await onPayPage(test.ctx);
    const french = await app.request(redirectUrl);
    const text = await french.text();
    expect(text).toContain('<html lang="fr">');
    expect(text).toMatch(/\d+,\d{2}\s€/);
    expect(text).not.toMatch(/<script|style=/);
    expect(french.headers.get("content-security-policy")).toContain(
      "default-src 'none'; object-src 'none'; style-src 'self'",
    );
    const english = await app.request(redirectUrl, { headers: { "accept-language": "de, en-GB;q=0.8, fr;q=0.2" } });
    expect(await english.text()).toContain('<html lang="en">');
  });

  it.each([
    ["pay", { order: "paid", payment: "succeeded" }],
    ["doubled", { order: "paid", payment: "succeeded" }],
    ["refuse", { order: "awaiting_payment", payment: "refused" }],
    ["abandon", { order: "awaiting_payment", payment: "pending" }],
    // There are seats left, and so a late payment gets them again.
    ["late", { order: "paid", payment: "succeeded" }],
    ["unreported", { order: "awaiting_payment", payment: "pending" }],
  ])("makes of the payment what is chosen: %s", async (choice, expected) => {
    const { choose, orderId, state } = await onPayPage(test.ctx);
    const response = await choose(choice);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`/orders/${orderId}`);
    expect(await state()).toEqual(expected);
  });

  it.each(["pay", "refuse", "late", "unreported"])("offers no choice after: %s", async (choice) => {
    const there = await onPayPage(test.ctx);
    await there.choose(choice);
    const text = await pageOf(there);
    expect(text).not.toContain("<form");
    expect(text).toContain(`/orders/${there.orderId}`);
  });

  it("stays open for whoever came back without paying, until it ends", async () => {
    const there = await onPayPage(test.ctx);
    await there.choose("abandon");
    expect(await pageOf(there)).toContain("<form");
    test.clock.advance(30 * minute);
    expect(await pageOf(there)).not.toContain("<form");
    expect((await there.choose("pay")).status).toBe(200);
    expect(await there.state()).toEqual({ order: "awaiting_payment", payment: "pending" });
  });

  it("is closed with the order, says so, and takes nothing any more", async () => {
    const there = await onPayPage(test.ctx);
    await cancelOrder(there.core, there.actor, { orderId: there.orderId });
    expect(await pageOf(there)).toContain("fermée");
    for (const choice of ["pay", "late", "unreported", "refuse", "abandon"]) {
      expect((await there.choose(choice)).status).toBe(200);
    }
    expect(await there.state()).toEqual({ order: "cancelled", payment: "expired" });
  });

  it("takes a double click once, and no other choice with it", async () => {
    const there = await onPayPage(test.ctx);
    const clicks = await Promise.all(["pay", "pay", "pay", "refuse"].map(async (choice) => there.choose(choice)));
    expect(clicks.filter(({ status }) => status === 303)).toHaveLength(1);
    const { orderId } = there;
    const { order } = await there.state();
    const tickets = await listTickets(there.core, there.actor, { orderId });
    expect([order, tickets.length]).toEqual(order === "paid" ? ["paid", 2] : ["awaiting_payment", 0]);
  });

  it("that was left open in another tab changes nothing after a refusal", async () => {
    const there = await onPayPage(test.ctx);
    await there.choose("refuse");
    for (const choice of ["late", "pay"]) expect((await there.choose(choice)).status).toBe(200);
    expect(await there.state()).toEqual({ order: "awaiting_payment", payment: "refused" });
  });

  it("takes no choice from another site", async () => {
    const { app, redirectUrl, state } = await onPayPage(test.ctx);
    const response = await app.request(redirectUrl, {
      method: "POST",
      body: new URLSearchParams({ choice: "pay" }),
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(response.status).toBe(403);
    expect(await state()).toEqual({ order: "awaiting_payment", payment: "pending" });
  });

  it("knows when there is no such payment", async () => {
    const { app } = testApp(test.ctx);
    for (const id of [randomUUID(), "nonsense"]) expect((await app.request(`/pay/demo/${id}`)).status).toBe(404);
  });
});

describe("what was paid while no webhook came", () => {
  it("is found by asking, also after a restart", async () => {
    const there = await onPayPage(test.ctx);
    await there.choose("unreported");
    test.clock.advance(2 * minute);
    const { core: restarted } = testApp(test.ctx);
    await reconcilePayments(restarted);
    expect(await there.state()).toEqual({ order: "paid", payment: "succeeded" });
  });

  it("is found when the page is to be closed", async () => {
    const there = await onPayPage(test.ctx);
    await there.choose("unreported");
    test.clock.advance(30 * minute);
    await closeOverduePages(there.core);
    await expireOverdueOrders(there.core);
    expect(await there.state()).toEqual({ order: "paid", payment: "succeeded" });
  });

  it("is no loss when it could not be delivered: it is logged, and asked for", async () => {
    const there = await onPayPage(test.ctx);
    const deaf = createDemoPayments({ db: database.db, clock: test.ctx.clock, deliver: async () => 503 });
    const { app, logged } = testApp(test.ctx, { payments: deaf });
    const headers = { "sec-fetch-site": "same-origin" };
    const answer = await app.request(there.redirectUrl, {
      method: "POST",
      body: new URLSearchParams({ choice: "pay" }),
      headers,
    });
    expect(answer.status).toBe(303);
    expect(logged()).toContain("webhook was not accepted");
    test.clock.advance(2 * minute);
    await reconcilePayments(there.core);
    expect(await there.state()).toEqual({ order: "paid", payment: "succeeded" });
  });
});

describe("the demo's refunds", () => {
  it("are booked once, and refused for what was not paid", async () => {
    const { choose, payments, paymentId } = await onPayPage(test.ctx);
    const wanted = { refundId: randomUUID(), attempt: 1, paymentId, providerPaymentId: null, amountCents: 100 };
    expect(await payments.refund(wanted)).toEqual({ state: "failed", providerRefundId: null });
    await choose("pay");
    const booked = { state: "succeeded", providerRefundId: `demo-refund-${wanted.refundId}` };
    expect(await Promise.all([payments.refund(wanted), payments.refund(wanted)])).toEqual([booked, booked]);
    const rows = database.ownerDb.selectFrom("demo_refund").select("amount_cents").where("payment_id", "=", paymentId);
    expect(await rows.execute()).toEqual([{ amount_cents: 100 }]);
  });
});
