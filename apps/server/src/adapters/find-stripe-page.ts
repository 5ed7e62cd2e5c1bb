import type { Stripe } from "stripe";
import type { StripePage } from "./stripe-answers.ts";

/**
 * From when to when a page may have been made, in seconds from the payment's: nearly always within seconds, a little before
 * where clocks differ, and at most a day later, which is the longest that Stripe lets one live.
 */
const windows = [
  { from: -300, until: 300 },
  { from: 300, until: 86_400 },
];

/**
 * The page of a payment whose answer we never saw, since we were killed in between.
 *
 * Stripe's search is not for this: it lags by a minute, in outages by an hour, and knows no Checkout Sessions. Creating it
 * again with the same key would open a page where none was. A list is read from the books themselves, and can be cut to a
 * time: that of the payment stands in its id, a UUIDv7.
 */
export async function findStripePage(stripe: Stripe, paymentId: string): Promise<StripePage | undefined> {
  const startedAt = Math.floor(Number.parseInt(paymentId.replace("-", "").slice(0, 12), 16) / 1000);
  for (const { from, until } of windows) {
    const created = { gte: startedAt + from, lt: startedAt + until };
    for await (const page of stripe.checkout.sessions.list({ created, limit: 100 })) {
      if (page.client_reference_id === paymentId) return page;
    }
  }
  return undefined;
}
