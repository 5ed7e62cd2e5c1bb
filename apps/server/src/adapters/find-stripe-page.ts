import type { Stripe } from "stripe";
import type { StripePage } from "./stripe-answers.ts";

/**
 * From when to when a page may have been made, in seconds from the payment's: nearly always within the time that an answer
 * is waited for, a little before where clocks differ, and at most a day later, which is the longest that Stripe lets one
 * live.
 */
const windows = [
  { from: -5, until: 30 },
  { from: -300, until: -5 },
  { from: 30, until: 300 },
  { from: 300, until: 86_400 },
];

/** As much is asked for one page, within what core waits for an answer. */
const mostRequests = 100;
const searchMs = 20_000;

/**
 * The page of a payment of which Stripe says only that it was asked for before. Throws when there are too many pages to
 * look through: then nothing is known.
 *
 * Stripe's search is not for this: it lags by a minute, in outages by an hour, and knows no Checkout Sessions. A list is
 * read from the books themselves, and can be cut to a time: that of the payment stands in its id, a UUIDv7.
 */
export async function findStripePage(stripe: Stripe, paymentId: string): Promise<StripePage | undefined> {
  const startedAt = Math.floor(Number.parseInt(paymentId.replace("-", "").slice(0, 12), 16) / 1000);
  const signal = AbortSignal.timeout(searchMs);
  let requests = 0;
  for (const { from, until } of windows) {
    const created = { gte: startedAt + from, lt: startedAt + until };
    let after: string | undefined;
    do {
      requests += 1;
      if (requests > mostRequests || signal.aborted)
        throw new Error("Stripe has too many pages to find one among them");
      const { data, has_more: hasMore } = await stripe.checkout.sessions.list({
        created,
        limit: 100,
        ...(after !== undefined && { starting_after: after }),
      });
      const page = data.find((one) => one.client_reference_id === paymentId);
      if (page !== undefined) return page;
      after = hasMore ? data.at(-1)?.id : undefined;
    } while (after !== undefined);
  }
  return undefined;
}
