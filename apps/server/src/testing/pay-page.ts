import { randomUUID } from "node:crypto";
import { type CoreContext, readOrder, startPayment } from "@tessera/core";
import { registerVisitor, reserveOne, testRequester } from "@tessera/core/testing";
import { testApp } from "./test-app.ts";

/** Somebody stands on the demo provider's page with an order of two seats to pay. */
export async function onPayPage(ctx: CoreContext) {
  const { app, core, payments, logged } = testApp(ctx);
  const actor = await registerVisitor(core);
  const { id: orderId } = await reserveOne(core, actor, { kind: "duo" });
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
  return { app, core, payments, logged, actor, orderId, redirectUrl, paymentId, state, choose };
}
