import type { Locale } from "@tessera/contracts";
import type { Clock, PaymentProvider, PaymentToMake } from "@tessera/core";
import { Stripe } from "stripe";
import type { Logger } from "../log.ts";
import { findStripePage } from "./find-stripe-page.ts";
import type { PaymentWebhooks } from "./payment-webhooks.ts";
import { refundByStripe } from "./refund-by-stripe.ts";
import { isRefusal, isReplay, standingOf, type StripePage } from "./stripe-answers.ts";
import { readStripeEvent } from "./stripe-events.ts";

export type StripeSettings = {
  /** `sk_…` or, with rights to Checkout Sessions and Refunds only, `rk_…`. */
  secretKey: string;
  /** `whsec_…`, of the endpoint that Stripe tells us by. */
  webhookSecret: string;
  /** Where Stripe's API is: scheme, host and port. */
  apiUrl: string;
};

export type StripePayments = PaymentProvider & PaymentWebhooks & { name: "stripe" };

export const stripeSignatureHeader = "stripe-signature";

/** What the SDK was written for. Webhooks come in the version of their endpoint; what is read of them is in all of them. */
const apiVersion = "2026-10-28.endive";

/** A visitor waits for the page: with one retry, 17 seconds at most. */
const patienceMs = 8_000;

/** How old a signed webhook may be, so that one that leaked is not good for ever. */
const webhookToleranceSeconds = 300;

/** Stripe wants a page to live for 30 minutes at least from when it is made; one more for clocks that differ. */
const shortestPageSeconds = 31 * 60;

const lineOf: Record<Locale, string> = { fr: "Commande", en: "Order" };

/**
 * Payments by Stripe Checkout. Stripe learns the order's reference, its amount and our ids, and nothing about the person.
 * Whatever is not a definite answer (no connection, no answer in time, its own faults, a wrong key) is thrown, and asking
 * again is safe.
 *
 * @param parts.patienceMs how long to wait for an answer, before the one retry and after it
 */
export function createStripePayments(
  parts: StripeSettings & { clock: Clock; log: Pick<Logger, "warn">; patienceMs?: number },
): StripePayments {
  const { clock, log, webhookSecret } = parts;
  const stripe = connect(parts);

  return {
    name: "stripe",

    async start(payment) {
      const page = await createPage(stripe, payment);
      // A page that has ended in the meantime has no address: the order's own page says what became of it.
      return { redirectUrl: page.url ?? payment.returnUrl, pageId: page.id };
    },

    async close(payment) {
      const pageId = payment.pageId ?? (await madeOrFound(stripe, payment, clock))?.id;
      if (pageId === undefined) return { state: "unknown" };
      try {
        return standingOf(await stripe.checkout.sessions.expire(pageId));
      } catch (error) {
        // Paid or expired already, or no page of this account's: that is asked for, not guessed from the refusal.
        if (!isRefusal(error)) throw error;
        return standingOf(await retrieve(stripe, pageId));
      }
    },

    async look(payment) {
      const { pageId } = payment;
      return standingOf(pageId === null ? await madeOrFound(stripe, payment, clock) : await retrieve(stripe, pageId));
    },

    refund: (refund) => refundByStripe(stripe, refund),

    readWebhook(body, headers) {
      let event: Stripe.Event;
      try {
        event = stripe.webhooks.constructEvent(
          body,
          headers.get(stripeSignatureHeader) ?? "",
          webhookSecret,
          webhookToleranceSeconds,
          undefined,
          clock().getTime(),
        );
      } catch (error) {
        return error instanceof Stripe.errors.StripeSignatureVerificationError ? "unsigned" : "malformed";
      }
      return readStripeEvent(event, log);
    },
  };
}

function connect({ secretKey, apiUrl, ...parts }: StripeSettings & { patienceMs?: number }): Stripe {
  const { protocol, hostname, port } = new URL(apiUrl);
  const scheme = protocol === "http:" ? "http" : "https";
  return new Stripe(secretKey, {
    apiVersion,
    protocol: scheme,
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (scheme === "http" ? 80 : 443) : Number(port),
    timeout: parts.patienceMs ?? patienceMs,
    maxNetworkRetries: 1,
    telemetry: false,
  });
}

/**
 * The page of a payment, made or found: the same key and the same body give the same page, for a day. So nothing of the
 * body may depend on when it is asked for. Stripe's shortest life of a page counts from the asking, and core asks until
 * the hold ends; hence the page outlives the hold by that, and it is core's closing that ends it with the hold.
 */
async function createPage(
  stripe: Stripe,
  payment: PaymentToMake,
  idempotencyKey: string = payment.paymentId,
  pageEnd: number = pageEndOf(payment.expiresAt),
): Promise<StripePage> {
  try {
    const page = await stripe.checkout.sessions.create(pageFor(payment, pageEnd), { idempotencyKey });
    // A repeated answer tells how the page was when it was made.
    return isReplay(page.lastResponse.headers) ? ((await retrieve(stripe, page.id)) ?? page) : page;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const otherBody = error instanceof Stripe.errors.StripeIdempotencyError;
    if (!otherBody && !isReplay(error.headers)) throw error;
    // Asked for before: with another end or another address of the shop, or a fault of Stripe's own, which it repeats for
    // a day. Perhaps it made a page all the same; if it made none, another key asks afresh.
    const page = await findStripePage(stripe, payment.paymentId);
    if (page !== undefined) return page;
    const first = error.headers?.["original-request"];
    if (otherBody || first === undefined) throw error;
    return createPage(stripe, payment, `${payment.paymentId}:${first}`, pageEnd);
  }
}

/**
 * The page of a payment whose answer we never saw. It is asked for once more, and so made if there was none: nobody is led
 * there, and whoever may yet come to make it gets this one, closed or not. A minute after the hold Stripe does not make it
 * as it was wanted any more; with a later end it does, and where it was made before, Stripe says that the key was used.
 * Undefined if the key was used and there is no page.
 */
async function madeOrFound(stripe: Stripe, payment: PaymentToMake, clock: Clock): Promise<StripePage | undefined> {
  let refusal: unknown;
  for (const askedUntil of [payment.expiresAt, clock()]) {
    try {
      return await createPage(stripe, payment, payment.paymentId, pageEndOf(askedUntil));
    } catch (error) {
      // 409: the key is being used at this moment.
      if (error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400) return undefined;
      if (!isRefusal(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** In Unix seconds: a page that is asked for until then may be made until then. */
const pageEndOf = (askedUntil: Date): number => Math.ceil(askedUntil.getTime() / 1000) + shortestPageSeconds;

function pageFor({ paymentId, orderId, reference, amountCents, locale, returnUrl }: PaymentToMake, expires_at: number) {
  const metadata = { paymentId, orderId };
  return {
    mode: "payment",
    // Cards, and the wallets that hold them, say yes or no at once. A delayed method would leave a payment open for days,
    // and with it the seats.
    allowed_payment_method_types: ["card"],
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "eur",
          unit_amount: amountCents,
          product_data: { name: `${lineOf[locale]} ${reference}` },
        },
      },
    ],
    // The amount is what the books say, whatever the account's setting for other currencies.
    adaptive_pricing: { enabled: false },
    locale,
    client_reference_id: paymentId,
    metadata,
    payment_intent_data: { metadata, description: reference },
    success_url: returnUrl,
    cancel_url: returnUrl,
    expires_at,
  } satisfies Stripe.Checkout.SessionCreateParams;
}

async function retrieve(stripe: Stripe, pageId: string): Promise<StripePage | undefined> {
  try {
    return await stripe.checkout.sessions.retrieve(pageId);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code === "resource_missing") return undefined;
    throw error;
  }
}
