import { randomBytes, randomUUID } from "node:crypto";
import type { Clock, CoreContext, PaymentEvent, PaymentProvider, PaymentStanding } from "@tessera/core";
import { z } from "zod";
import { endCheckout, insertCheckout, insertDemoRefund, selectCheckout } from "./demo-books.queries.ts";
import type { PaymentWebhooks } from "./payment-webhooks.ts";
import { signWebhook, verifyWebhook } from "./webhook-signature.ts";

export const demoSignatureHeader = "tessera-demo-signature";
export const demoWebhookPath = "/webhooks/demo";
const demoPayPath = "/pay/demo";

const event = { id: z.string().min(1).max(100), paymentId: z.uuid() };
const webhookBody = z.discriminatedUnion("kind", [
  z.object({ ...event, kind: z.literal("succeeded"), providerPaymentId: z.string().min(1).max(100) }),
  z.object({ ...event, kind: z.enum(["refused", "abandoned", "expired"]) }),
]);

/** Sends a signed webhook to a path of our own, over HTTP, and gives the status of the answer. */
export type DeliverWebhook = (path: string, body: string, headers: Record<string, string>) => Promise<number>;

/** A provider that takes no money. Its hosted page, where the visitor chooses what happens, is `http/pages/pay-page.ts`. */
export type DemoPayments = PaymentProvider &
  PaymentWebhooks & {
    name: "demo";
    /** It knows its pages by the payment alone. */
    look(payment: { paymentId: string }): Promise<PaymentStanding>;
    /** Takes what the visitor chose on an open page; false if it is not open any more. */
    end(paymentId: string, state: "paid" | "refused"): Promise<boolean>;
    /** Says what became of a payment, by webhook as a real provider does; the answer's status. Twice: the same event. */
    report(paymentId: string, kind: "succeeded" | "refused", times?: 1 | 2): Promise<number>;
  };

/**
 * Its books are tables of their own, since it must know after a crash what was paid. The secret that signs its webhooks
 * lives as long as this process, which is both of its ends.
 */
export function createDemoPayments({
  db,
  clock,
  deliver,
}: {
  db: CoreContext["db"];
  clock: Clock;
  deliver: DeliverWebhook;
}): DemoPayments {
  const secret = randomBytes(32);
  const look = async (paymentId: string): Promise<PaymentStanding> => {
    const state = (await selectCheckout(db, paymentId, clock())) ?? "unknown";
    return state === "paid" ? { state: "succeeded", providerPaymentId: moneyOf(paymentId) } : { state };
  };
  return {
    name: "demo",

    async start({ paymentId, amountCents, expiresAt }) {
      await insertCheckout(db, { paymentId, amountCents, expiresAt });
      return { redirectUrl: `${demoPayPath}/${paymentId}`, pageId: paymentId };
    },
    async close({ paymentId, amountCents, expiresAt }) {
      // Also one that is only about to be made: it is closed by then.
      await insertCheckout(db, { paymentId, amountCents, expiresAt });
      await endCheckout(db, { paymentId, state: "expired" });
      return look(paymentId);
    },
    look: ({ paymentId }) => look(paymentId),
    async refund({ refundId, paymentId, amountCents }) {
      const isBooked = await insertDemoRefund(db, { refundId, paymentId, amountCents });
      return isBooked
        ? { state: "succeeded", providerRefundId: `demo-refund-${refundId}` }
        : { state: "failed", providerRefundId: null };
    },

    end: (paymentId, state) => endCheckout(db, { paymentId, state, openAt: clock() }),
    async report(paymentId, kind, times = 1) {
      const id = randomUUID();
      const told: PaymentEvent =
        kind === "succeeded" ? { id, paymentId, kind, providerPaymentId: moneyOf(paymentId) } : { id, paymentId, kind };
      const body = JSON.stringify(told);
      const headers = {
        "content-type": "application/json",
        [demoSignatureHeader]: signWebhook(secret, body, clock()),
      };
      const statuses = await Promise.all(Array.from({ length: times }, () => deliver(demoWebhookPath, body, headers)));
      return Math.max(...statuses);
    },
    readWebhook(body, headers) {
      if (!verifyWebhook(secret, body, headers.get(demoSignatureHeader) ?? undefined, clock())) return "unsigned";
      const parsed = webhookBody.safeParse(parseJson(body));
      return parsed.success ? parsed.data : "malformed";
    },
  };
}

const moneyOf = (paymentId: string): string => `demo-money-${paymentId}`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
