import { applyPaymentEvent, CodedError, type CoreContext } from "@tessera/core";
import { Hono } from "hono";
import type { PaymentWebhooks } from "../adapters/payment-webhooks.ts";
import type { Logger } from "../log.ts";
import { answerError } from "./answer-error.ts";
import type { HttpEnvironment } from "./environment.ts";

/**
 * What the payment provider tells us, at a path of its name. The signature is over the bytes as they came, and so they
 * are read raw. Any answer but 200 asks the provider to try again.
 */
export function webhookRoutes(parts: { core: CoreContext; payments: PaymentWebhooks; log: Logger }) {
  const { core, payments, log } = parts;
  return new Hono<HttpEnvironment>().post(`/${payments.name}`, async (c) => {
    const event = payments.readWebhook(await c.req.text(), c.req.raw.headers);
    if (event === "unsigned") return answerError(c, 401, "forbidden");
    if (event === "malformed") return answerError(c, 400, "invalid_input");
    if (event === "ignored") return c.json({ received: true });
    try {
      await applyPaymentEvent(core, event);
    } catch (error) {
      if (error instanceof CodedError && error.code === "not_found") return answerError(c, 404, "not_found");
      throw error;
    }
    log.info({ requestId: c.get("requestId"), paymentId: event.paymentId, kind: event.kind }, "payment event applied");
    return c.json({ received: true });
  });
}
