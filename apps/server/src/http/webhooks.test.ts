import { randomUUID } from "node:crypto";
import { readOrder, reserveSeats, startPayment } from "@tessera/core";
import {
  offerIn,
  registerVisitor,
  stockProgramme,
  type TestContext,
  testContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoSignatureHeader, demoWebhookPath } from "../adapters/demo-payments.ts";
import { signWebhook, verifyWebhook } from "../adapters/webhook-signature.ts";
import { testApp } from "../testing/test-app.ts";

let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
  await stockProgramme(test.ctx, [{}]);
});
afterAll(() => database.drop());

/** Somebody stands on the provider's page with an order to pay. */
async function onPayPage() {
  const { app, core, payments } = testApp(test.ctx);
  const actor = await registerVisitor(core);
  const { offerId, unitPriceCents } = await offerIn(core, { kind: "duo" });
  const lines = [{ offerId, quantity: 1, unitPriceCents }];
  const { orderId } = await reserveSeats(core, actor, { idempotencyKey: randomUUID(), lines });
  const { redirectUrl } = await startPayment(core, actor, { orderId, idempotencyKey: randomUUID() }, testRequester);
  const paymentId = redirectUrl.split("/").at(-1) ?? "";
  const state = async () => {
    const order = await readOrder(core, actor, { orderId });
    return { order: order.state, payment: order.payment?.state };
  };
  const choose = (choice: string) =>
    app.request(redirectUrl, {
      method: "POST",
      body: new URLSearchParams({ choice }),
      headers: { "sec-fetch-site": "same-origin" },
    });
  return { app, payments, orderId, redirectUrl, paymentId, state, choose };
}

describe("a webhook", () => {
  const body = (paymentId: string): string => JSON.stringify({ id: randomUUID(), paymentId, kind: "succeeded" });

  it("with a wrong signature, or none, is refused and changes nothing", async () => {
    const { app, paymentId, state } = await onPayPage();
    const text = body(paymentId);
    const forged = signWebhook(Buffer.alloc(32), text, test.ctx.clock());
    for (const headers of [{ [demoSignatureHeader]: forged }, { [demoSignatureHeader]: "t=1,v1=00" }, undefined]) {
      const response = await app.request(demoWebhookPath, { method: "POST", body: text, ...(headers && { headers }) });
      expect(response.status).toBe(401);
    }
    expect(await state()).toEqual({ order: "awaiting_payment", payment: "pending" });
  });

  it("for a payment that nobody knows is not accepted", async () => {
    const { payments } = testApp(test.ctx);
    expect(await payments.report(randomUUID(), "succeeded")).toBe(404);
  });

  it("is signed over its very bytes, for five minutes", () => {
    const secret = Buffer.alloc(32, 1);
    const at = new Date("2028-07-14T12:00:00Z");
    const signature = signWebhook(secret, "body", at);
    const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000);
    expect(verifyWebhook(secret, "body", signature, later(300))).toBe(true);
    expect(verifyWebhook(secret, "body", signature, later(301))).toBe(false);
    expect(verifyWebhook(secret, "body", signature, later(-301))).toBe(false);
    expect(verifyWebhook(secret, "body ", signature, at)).toBe(false);
    expect(verifyWebhook(Buffer.alloc(32, 2), "body", signature, at)).toBe(false);
    expect(verifyWebhook(secret, "body", signature.replace(/t=\d+/, "t=1847188801"), at)).toBe(false);
  });
});

describe("the demo's pay page", () => {
  it("shows what is to be paid, in the visitor's language, without a script", async () => {
    const { app, redirectUrl } = await onPayPage();
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
    ["abandon", { order: "awaiting_payment", payment: "abandoned" }],
    // There are seats left, and so a late payment gets them again.
    ["late", { order: "paid", payment: "succeeded" }],
  ])("makes of the payment what is chosen: %s", async (choice, expected) => {
    const { choose, orderId, state } = await onPayPage();
    const response = await choose(choice);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`/orders/${orderId}`);
    expect(await state()).toEqual(expected);
  });

  it("offers no choice once the payment is over", async () => {
    const { app, choose, redirectUrl } = await onPayPage();
    await choose("pay");
    const page = await (await app.request(redirectUrl)).text();
    expect(page).not.toContain("<form");
    expect(page).toContain("/orders/");
  });

  it("takes no choice from another site", async () => {
    const { app, redirectUrl, state } = await onPayPage();
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
