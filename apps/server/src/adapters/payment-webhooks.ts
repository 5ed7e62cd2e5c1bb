import type { PaymentEvent, PaymentProvider } from "@tessera/core";

/**
 * What a webhook says. `unsigned`: not signed with our secret over these very bytes; `malformed`: signed, and no event;
 * `ignored`: nothing that the books need to know.
 */
export type WebhookReading = PaymentEvent | "unsigned" | "malformed" | "ignored";

/** The side of a payment provider that listens: its webhooks arrive at `/webhooks/<name>`. */
export type PaymentWebhooks = {
  name: PaymentProvider["name"];
  /** Reads the body as it came, since the signature is over its bytes. */
  readWebhook(body: string, headers: Headers): WebhookReading;
};
