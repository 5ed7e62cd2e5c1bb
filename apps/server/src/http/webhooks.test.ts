import { randomUUID } from "node:crypto";
import { stockProgramme, type TestContext, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoSignatureHeader, demoWebhookPath } from "../adapters/demo-payments.ts";
import { signWebhook, verifyWebhook } from "../adapters/webhook-signature.ts";
import { onPayPage } from "../testing/pay-page.ts";
import { testApp } from "../testing/test-app.ts";

let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
  await stockProgramme(test.ctx, [{}]);
});
afterAll(() => database.drop());

describe("a webhook", () => {
  const body = (paymentId: string): string =>
    JSON.stringify({ id: randomUUID(), paymentId, kind: "succeeded", providerPaymentId: "money" });

  it("with a wrong signature, or none, is refused and changes nothing", async () => {
    const { app, paymentId, state } = await onPayPage(test.ctx);
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
