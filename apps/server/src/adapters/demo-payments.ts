import { randomBytes, randomUUID } from "node:crypto";
import type { Clock, PaymentEvent, PaymentProvider } from "@tessera/core";
import { z } from "zod";
import { signWebhook, verifyWebhook } from "./webhook-signature.ts";

export const demoSignatureHeader = "tessera-demo-signature";
export const demoWebhookPath = "/webhooks/demo";
const demoPayPath = "/pay/demo";

const webhookBody = z.object({
  id: z.string().min(1).max(100),
  paymentId: z.uuid(),
  kind: z.enum(["succeeded", "refused", "abandoned"]),
});

/** Sends a signed webhook to a path of our own, over HTTP, and gives the status of the answer. */
export type DeliverWebhook = (path: string, body: string, headers: Record<string, string>) => Promise<number>;

/** A provider that takes no money. Its hosted page, where the visitor chooses what happens, is `http/pay-page.ts`. */
export type DemoPayments = PaymentProvider & {
  /** Says what became of a payment, by webhook as a real provider does; the answer's status. Twice: the same event. */
  report(paymentId: string, kind: PaymentEvent["kind"], times?: 1 | 2): Promise<number>;
  /** The event of a webhook: `unsigned` when the signature is not ours for these very bytes, `malformed` when they say nothing. */
  readWebhook(body: string, signature: string | undefined): PaymentEvent | "unsigned" | "malformed";
};

/** The secret that signs its webhooks lives as long as this process, which is both of its ends. */
export function createDemoPayments({ clock, deliver }: { clock: Clock; deliver: DeliverWebhook }): DemoPayments {
  const secret = randomBytes(32);
  return {
    name: "demo",
    start: async ({ paymentId }) => ({ redirectUrl: `${demoPayPath}/${paymentId}` }),
    // No money was taken, and so there is none to send back.
    refund: async () => undefined,

    async report(paymentId, kind, times = 1) {
      const body = JSON.stringify({ id: randomUUID(), paymentId, kind } satisfies PaymentEvent);
      const headers = {
        "content-type": "application/json",
        [demoSignatureHeader]: signWebhook(secret, body, clock()),
      };
      const statuses = await Promise.all(Array.from({ length: times }, () => deliver(demoWebhookPath, body, headers)));
      return Math.max(...statuses);
    },

    readWebhook(body, signature) {
      if (!verifyWebhook(secret, body, signature, clock())) return "unsigned";
      const parsed = webhookBody.safeParse(parseJson(body));
      return parsed.success ? parsed.data : "malformed";
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
