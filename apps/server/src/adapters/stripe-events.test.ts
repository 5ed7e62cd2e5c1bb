import { Stripe } from "stripe";
import { beforeEach, expect, it } from "vitest";
import { stripeWebhook } from "../testing/stripe-stand-in.ts";
import { createStripePayments } from "./stripe-payments.ts";

const noon = new Date("2028-07-14T12:00:00Z");
const minutesLater = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000);

const webhookSecret = "whsec_standin";
let warned: object[] = [];
beforeEach(() => void (warned = []));
const payments = createStripePayments({
  secretKey: "sk_test_nobody",
  webhookSecret,
  apiUrl: "http://127.0.0.1:1",
  clock: () => noon,
  log: { warn: (fields: object) => void warned.push(fields) },
});

function read(type: string, object: object, sent: { id?: string; secret?: string; at?: Date } = {}) {
  const { body, headers } = stripeWebhook(type, object, { secret: webhookSecret, at: noon, ...sent });
  return payments.readWebhook(body, headers);
}

const paymentId = "0190b0f0-0000-7000-8000-000000000001";
const refundId = "0190b0f0-0000-7000-8000-000000000002";
const page = { metadata: { paymentId }, payment_status: "paid", payment_intent: "pi_1" };
const refund = { id: "re_1", payment_intent: "pi_1", metadata: { refundId, paymentId, attempt: "2" } };
const id = "evt_1";

it.each([
  ["checkout.session.completed", page, { kind: "succeeded", providerPaymentId: "pi_1" }],
  ["checkout.session.completed", { ...page, payment_intent: { id: "pi_2" } }, { providerPaymentId: "pi_2" }],
  ["checkout.session.async_payment_succeeded", page, { kind: "succeeded", providerPaymentId: "pi_1" }],
  ["checkout.session.async_payment_failed", page, { kind: "refused" }],
  ["checkout.session.expired", page, { kind: "expired" }],
  ["refund.created", { ...refund, status: "succeeded" }, { kind: "refund_succeeded", refundId, attempt: 2 }],
  ["refund.updated", { ...refund, status: "succeeded" }, { kind: "refund_succeeded", refundId }],
  ["refund.updated", { ...refund, status: "canceled" }, { kind: "refund_failed", refundId }],
  ["refund.failed", { ...refund, status: "failed" }, { kind: "refund_failed", refundId, attempt: 2 }],
])("%s says what the books need to know", (type, object, expected) => {
  expect(read(type, object, { id })).toMatchObject({ id, paymentId, ...expected });
});

it.each([
  ["checkout.session.completed", { ...page, payment_status: "unpaid" }],
  ["checkout.session.completed", { ...page, metadata: {} }],
  ["checkout.session.completed", { ...page, metadata: null }],
  ["checkout.session.expired", { ...page, metadata: { paymentId: "another program's" } }],
  ["payment_intent.payment_failed", { id: "pi_1", metadata: { paymentId } }],
  ["refund.updated", { ...refund, status: "pending" }],
  ["charge.refunded", { id: "ch_1", metadata: { paymentId } }],
  ["customer.created", { id: "cus_1" }],
])("%s says nothing to them", (type, object) => {
  expect(read(type, object)).toBe("ignored");
  expect(warned).toEqual([]);
});

it.each([
  ["charge.dispute.created", { id: "dp_1", payment_intent: "pi_1" }],
  ["refund.created", { ...refund, metadata: {}, status: "succeeded" }],
  ["refund.created", { ...refund, metadata: { refundId, paymentId }, status: "succeeded" }],
])("%s is for people to look at", (type, object) => {
  expect(read(type, object, { id })).toBe("ignored");
  expect(warned).toEqual([expect.objectContaining({ stripeEvent: id, providerPaymentId: "pi_1" })]);
});

it("is malformed when it is signed and says nothing", () => {
  const payload = "not an event";
  const timestamp = noon.getTime() / 1000;
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
  expect(payments.readWebhook(payload, new Headers({ "stripe-signature": header }))).toBe("malformed");
});

it("is believed only with our secret, over its very bytes, for five minutes", () => {
  const sent = stripeWebhook("checkout.session.completed", page, { secret: webhookSecret, at: noon });
  expect(payments.readWebhook(sent.body, sent.headers)).toMatchObject({ kind: "succeeded" });
  expect(payments.readWebhook(sent.body.replace("pi_1", "pi_2"), sent.headers)).toBe("unsigned");
  expect(payments.readWebhook(sent.body, new Headers())).toBe("unsigned");
  expect(read("checkout.session.completed", page, { secret: "whsec_other" })).toBe("unsigned");
  expect(read("checkout.session.completed", page, { at: minutesLater(-4.9) })).toMatchObject({ kind: "succeeded" });
  expect(read("checkout.session.completed", page, { at: minutesLater(-5.1) })).toBe("unsigned");
});
