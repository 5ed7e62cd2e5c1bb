import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { payPage } from "../testing/stripe-books.ts";
import { startStripeStandIn, type StripeStandIn } from "../testing/stripe-stand-in.ts";
import { createStripePayments, type StripePayments } from "./stripe-payments.ts";

const noon = new Date("2028-07-14T12:00:00Z");
const minutesLater = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000);

const pages = "POST /v1/checkout/sessions";
const refunds = "POST /v1/refunds";

let now: Date;
let stripe: StripeStandIn;
let payments: StripePayments;

beforeEach(async () => {
  now = noon;
  stripe = await startStripeStandIn(() => now);
  payments = createStripePayments({
    ...stripe.settings,
    clock: () => now,
    log: { warn: () => undefined },
    patienceMs: 300,
  });
});
afterEach(() => stripe.close());

/** A UUIDv7 of the clock, as core makes them. */
function newPaymentId(): string {
  const time = now.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

const wish = (paymentId: string = newPaymentId()) => ({
  paymentId,
  orderId: randomUUID(),
  reference: "K7MWQ2XZ9P",
  amountCents: 12_345,
  expiresAt: minutesLater(30),
  locale: "fr" as const,
  returnUrl: "https://tickets.test/orders/1",
});

/** A payment for which somebody has paid. */
async function paid(amountCents = 12_345) {
  const { pageId } = await payments.start({ ...wish(), amountCents });
  const page = payPage(stripe.books, pageId);
  const refund = (wanted: { amountCents?: number; attempt?: number; refundId?: string } = {}) =>
    payments.refund({
      refundId: randomUUID(),
      attempt: 1,
      paymentId: page.client_reference_id,
      providerPaymentId: page.payment_intent,
      amountCents,
      ...wanted,
    });
  return { page, refund };
}

describe("starting a payment", () => {
  it("makes a page for the whole amount in cents, by card, and tells nothing of the person", async () => {
    const payment = wish();
    const { redirectUrl, pageId } = await payments.start(payment);
    expect(redirectUrl).toBe(`https://checkout.stripe.test/${pageId}`);
    expect(stripe.requests).toEqual([
      {
        request: pages,
        fields: {
          mode: "payment",
          "allowed_payment_method_types[0]": "card",
          "line_items[0][quantity]": "1",
          "line_items[0][price_data][currency]": "eur",
          "line_items[0][price_data][unit_amount]": "12345",
          "line_items[0][price_data][product_data][name]": "Commande K7MWQ2XZ9P",
          "adaptive_pricing[enabled]": "false",
          locale: "fr",
          client_reference_id: payment.paymentId,
          "metadata[paymentId]": payment.paymentId,
          "metadata[orderId]": payment.orderId,
          "payment_intent_data[metadata][paymentId]": payment.paymentId,
          "payment_intent_data[metadata][orderId]": payment.orderId,
          "payment_intent_data[description]": "K7MWQ2XZ9P",
          success_url: payment.returnUrl,
          cancel_url: payment.returnUrl,
          expires_at: String(minutesLater(61).getTime() / 1000),
        },
      },
    ]);
  });

  it("gives the same page again, until the hold ends and in another language", async () => {
    const payment = wish();
    const first = await payments.start(payment);
    now = minutesLater(29.9);
    expect(await payments.start(payment)).toEqual(first);
    expect(await payments.start({ ...payment, locale: "en" })).toEqual(first);
    expect(stripe.books.pages).toHaveLength(1);
  });

  it("begins as late as the hold allows", async () => {
    const payment = wish();
    now = minutesLater(29.9);
    await expect(payments.start(payment)).resolves.toHaveProperty("pageId");
  });

  it("leads to the order when its page was paid in the meantime", async () => {
    const payment = wish();
    const { pageId } = await payments.start(payment);
    payPage(stripe.books, pageId);
    expect(await payments.start(payment)).toEqual({ redirectUrl: payment.returnUrl, pageId });
  });

  it.each(["lose", 409, 500] as const)("is not put off by one fault (%s), and makes one page", async (fault) => {
    stripe.fail(pages, fault);
    await payments.start(wish());
    expect(stripe.books.pages).toHaveLength(1);
  });

  it("throws when Stripe does not answer; asked again, the page that was made meanwhile is found", async () => {
    const payment = wish();
    for (let tries = 0; tries < 2; tries += 1) stripe.fail(pages, "hang");
    await expect(payments.start(payment)).rejects.toThrow(/timeout|aborted/i);
    const { pageId } = await payments.start(payment);
    expect(stripe.books.pages.map(({ id }) => id)).toEqual([pageId]);
  });

  it("throws when Stripe has too much to do, wants another key, or is not there", async () => {
    stripe.fail(pages, 429);
    await expect(payments.start(wish())).rejects.toHaveProperty("statusCode", 429);
    const settings = { ...stripe.settings, secretKey: "sk_test_wrong" };
    const stranger = createStripePayments({ ...settings, clock: () => now, log: { warn: () => undefined } });
    await expect(stranger.start(wish())).rejects.toHaveProperty("statusCode", 401);
    await stripe.close();
    await expect(payments.start(wish())).rejects.toThrow("connection to Stripe");
  });
});

describe("closing a page and looking at it", () => {
  it("expires an open page, so that nobody can pay there", async () => {
    const payment = wish();
    const { pageId } = await payments.start(payment);
    expect(await payments.look({ ...payment, pageId })).toEqual({ state: "open" });
    expect(await payments.close({ ...payment, pageId })).toEqual({ state: "expired" });
    expect(() => payPage(stripe.books, pageId)).toThrow("nobody can pay");
    expect(await payments.close({ ...payment, pageId })).toEqual({ state: "expired" });
  });

  it("finds that it was paid instead", async () => {
    const payment = wish();
    const { pageId } = await payments.start(payment);
    const page = payPage(stripe.books, pageId);
    const known = { ...payment, pageId };
    const standing = { state: "succeeded", providerPaymentId: page.payment_intent };
    expect(await payments.close(known)).toEqual(standing);
    expect(await payments.look(known)).toEqual(standing);
  });

  it("cannot close it while a payment is on its way, and throws when nobody answers", async () => {
    const payment = wish();
    const { pageId } = await payments.start(payment);
    const known = { ...payment, pageId };
    const [page] = stripe.books.pages;
    Object.assign(page ?? {}, { status: "complete" });
    expect(await payments.look(known)).toEqual({ state: "open" });
    expect(await payments.close(known)).toEqual({ state: "open" });
    await stripe.close();
    await expect(payments.close(known)).rejects.toThrow("connection to Stripe");
    await expect(payments.look(known)).rejects.toThrow("connection to Stripe");
  });

  /** As many pages of others, made with the newest. */
  function fillBooks(count: number): void {
    const others = stripe.books.pages.slice(0, 1).flatMap((page) =>
      Array.from({ length: count }, (_, index) => ({
        ...page,
        id: `cs_${index}`,
        client_reference_id: randomUUID(),
      })),
    );
    stripe.books.pages.unshift(...others);
  }

  it.each([30, 31.5, 90])("closes a page whose answer was never seen, %s minutes later among many", async (minutes) => {
    const payment = wish();
    const { pageId } = await payments.start(payment);
    fillBooks(1000);
    now = minutesLater(minutes);
    stripe.requests.length = 0;
    expect(await payments.close({ ...payment, pageId: null })).toEqual({ state: "expired" });
    expect(stripe.books.pages.find(({ id }) => id === pageId)?.status).not.toBe("open");
    expect(stripe.books.pages).toHaveLength(1001);
    expect(stripe.requests.length).toBeLessThan(5);
  });

  it("finds that a page whose answer was never seen was paid, also when the visitor tried again much later", async () => {
    const payment = wish();
    now = minutesLater(20);
    const { pageId } = await payments.start(payment);
    payPage(stripe.books, pageId);
    expect(await payments.look({ ...payment, pageId: null })).toMatchObject({ state: "succeeded" });
  });

  it.each([10, 90])(
    "closes one that is only about to be made: %s minutes later nobody can pay there",
    async (minutes) => {
      const payment = wish();
      now = minutesLater(minutes);
      expect(await payments.close({ ...payment, pageId: null })).toEqual({ state: "expired" });
      const { redirectUrl } = await payments.start(payment);
      expect(redirectUrl).toBe(payment.returnUrl);
      expect(stripe.books.pages.map(({ status }) => status)).toEqual(["expired"]);
    },
  );

  it("finds one that was made for another address of the shop, and leaves off among too many", async () => {
    const payment = wish();
    const { pageId } = await payments.start(payment);
    const moved = { ...payment, returnUrl: "https://moved.test/orders/1", pageId: null };
    expect(await payments.look(moved)).toEqual({ state: "open" });
    fillBooks(20_000);
    await expect(payments.close(moved)).rejects.toThrow("too many pages");
    expect(stripe.books.pages.find(({ id }) => id === pageId)?.status).toBe("open");
    expect(stripe.requests.length).toBeLessThan(110);
  });

  it("knows of no page that another account made", async () => {
    expect(await payments.look({ ...wish(), pageId: "cs_test_other_account" })).toEqual({ state: "unknown" });
  });
});

describe("paying back", () => {
  it("pays back the whole, or parts of it up to the whole", async () => {
    const { page, refund } = await paid(1000);
    expect(await refund({ amountCents: 400 })).toMatchObject({ state: "succeeded" });
    expect(await refund({ amountCents: 600 })).toMatchObject({ state: "succeeded" });
    expect(await refund({ amountCents: 1 })).toEqual({ state: "failed", providerRefundId: null });
    expect(stripe.books.refunds.map(({ amount, payment_intent }) => [amount, payment_intent])).toEqual([
      [600, page.payment_intent],
      [400, page.payment_intent],
    ]);
  });

  it("pays a refund back once, also days later, when Stripe has forgotten its key", async () => {
    const { refund } = await paid();
    const refundId = randomUUID();
    stripe.books.refundStatus = "pending";
    const first = await refund({ refundId, amountCents: 100 });
    expect(first.state).toBe("sent");
    expect(await refund({ refundId, amountCents: 100 })).toEqual(first);
    expect(stripe.requests.filter(({ request }) => request === refunds)).toHaveLength(1);
    Object.assign(stripe.books.refunds[0] ?? {}, { status: "succeeded" });
    expect(await refund({ refundId, amountCents: 100, attempt: 2 })).toEqual({ ...first, state: "succeeded" });
  });

  it("pays back once when two servers send the same refund", async () => {
    const { refund } = await paid();
    const refundId = randomUUID();
    const send = () => refund({ refundId, amountCents: 100 });
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
    expect(stripe.books.refunds).toHaveLength(1);
  });

  it.each(["lose", "hang"] as const)("pays back once when the answer does not come (%s)", async (fault) => {
    const { refund } = await paid();
    const refundId = randomUUID();
    stripe.fail(refunds, fault);
    const sent = await refund({ refundId });
    expect(stripe.books.refunds.map(({ id }) => id)).toEqual([sent.providerRefundId]);
  });

  it("tries again what failed, when it is asked to", async () => {
    const { refund } = await paid();
    const refundId = randomUUID();
    stripe.books.refundStatus = "failed";
    expect(await refund({ refundId })).toMatchObject({ state: "failed" });
    stripe.books.refundStatus = "succeeded";
    expect(await refund({ refundId })).toMatchObject({ state: "failed" });
    expect(await refund({ refundId, attempt: 2 })).toMatchObject({ state: "succeeded" });
    expect(stripe.books.refunds).toHaveLength(2);
  });

  it("fails by Stripe's no, and throws where Stripe gave no answer", async () => {
    const { refund } = await paid();
    stripe.fail(refunds, 402);
    expect(await refund()).toEqual({ state: "failed", providerRefundId: null });
    for (let tries = 0; tries < 2; tries += 1) stripe.fail(refunds, 500);
    await expect(refund()).rejects.toHaveProperty("statusCode", 500);
  });

  it("finds the money by the page when nobody has told its name, and fails where there is none", async () => {
    const { page } = await paid();
    const wanted = { refundId: randomUUID(), attempt: 1, providerPaymentId: null, amountCents: 1 };
    expect(await payments.refund({ ...wanted, paymentId: page.client_reference_id })).toMatchObject({
      state: "succeeded",
    });
    expect(await payments.refund({ ...wanted, paymentId: newPaymentId() })).toMatchObject({ state: "failed" });
  });
});
