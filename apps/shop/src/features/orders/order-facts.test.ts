import type { Order } from "@tessera/contracts";
import { describe, expect, test } from "vitest";
import { lookAgainMs, mayStillBePaid, shortStateOf, standingOf, titleOf } from "./order-facts.ts";

const order: Order = {
  id: "o",
  reference: "ABCDEFGHJK",
  state: "held",
  currency: "EUR",
  totalCents: 100,
  createdAt: "2028-07-01T10:00:00.000Z",
  holdExpiresAt: "2028-07-01T10:15:00.000Z",
  paidAt: null,
  paidLate: false,
  payment: null,
  refunds: [],
  lines: [],
};
const paidAt = "2028-07-01T10:05:00.000Z";
const payment = (state: NonNullable<Order["payment"]>["state"]): Order["payment"] => ({ id: "p", state });
const refund = (over: Partial<Order["refunds"][number]> = {}): Order["refunds"][number] => ({
  id: "r",
  amountCents: 100,
  reason: "no_seats_left",
  state: "sent",
  createdAt: paidAt,
  settledAt: null,
  ...over,
});

test.each([
  [{ state: "held" }, "held"],
  [{ state: "awaiting_payment", payment: payment("pending") }, "awaiting"],
  [{ state: "awaiting_payment", payment: payment("succeeded") }, "awaiting"],
  [{ state: "awaiting_payment", payment: payment("refused") }, "refused"],
  [{ state: "awaiting_payment", payment: payment("abandoned") }, "abandoned"],
  [{ state: "awaiting_payment", payment: payment("expired") }, "abandoned"],
  [{ state: "paid", paidAt, payment: payment("succeeded") }, "paid"],
  [{ state: "partly_refunded", paidAt, payment: payment("partly_refunded") }, "partlyRefunded"],
  [{ state: "refunded", paidAt }, "refunded"],
  [{ state: "refunded", paidAt: null }, "lateRefund"],
] as const)("%o stands at %s", (over, standing) => {
  expect(standingOf({ ...order, ...over })).toBe(standing);
});

describe("money that came too late", () => {
  const late = { ...order, state: "refunded" } as const;

  test.each([
    ["sent", "lateRefundTitle", "refundUnderWay"],
    ["succeeded", "lateRefundedTitle", "lateRefund"],
    ["failed", "lateRefundFailedTitle", "refundFailed"],
  ] as const)("is said to be where it is: %s", (state, title, short) => {
    const now = { ...late, refunds: [refund({ state })] };
    expect(titleOf(now)).toBe(title);
    expect(shortStateOf(now)).toBe(short);
  });

  test("may still come for an order that is over only while its payment has no answer", () => {
    expect(mayStillBePaid({ ...order, state: "expired", payment: payment("pending") })).toBe(true);
    expect(mayStillBePaid({ ...order, state: "expired", payment: payment("expired") })).toBe(false);
    expect(mayStillBePaid({ ...order, state: "expired" })).toBe(false);
    expect(mayStillBePaid({ ...order, state: "paid", payment: payment("pending") })).toBe(false);
  });
});

test("an order that still has tickets is called paid in a list, whatever goes back of it", () => {
  expect(shortStateOf({ ...order, state: "paid", paidAt, refunds: [refund({ reason: "paid_twice" })] })).toBe("paid");
});

describe("an order is looked at", () => {
  const before = Date.parse("2028-07-01T10:14:00.000Z");
  const after = Date.parse("2028-07-01T10:15:00.000Z");
  const awaiting: Order = { ...order, state: "awaiting_payment", payment: payment("pending") };
  const held = Number(lookAgainMs(order, before, 1));

  test("often while an answer is due, and less often when it does not come", () => {
    const soon = Number(lookAgainMs(awaiting, before, 1));
    expect(soon).toBeLessThan(held);
    expect(Number(lookAgainMs(order, after, 1))).toBeLessThan(held);
    const patient = Number(lookAgainMs(awaiting, before, 1_000));
    expect(patient).toBeGreaterThan(soon);
    expect(patient).toBeLessThan(held);
  });

  test("never once it is settled", () => {
    expect(lookAgainMs({ ...order, state: "paid" }, after, 1)).toBe(false);
    expect(lookAgainMs({ ...order, state: "expired" }, after, 1)).toBe(false);
    expect(lookAgainMs({ ...order, state: "refunded", refunds: [refund({ state: "succeeded" })] }, after, 1)).toBe(
      false,
    );
  });

  test("as long as money may come or is on its way back", () => {
    expect(lookAgainMs({ ...order, state: "expired", payment: payment("abandoned") }, after, 1)).not.toBe(false);
    expect(lookAgainMs({ ...order, state: "refunded", refunds: [refund()] }, after, 1)).not.toBe(false);
    expect(lookAgainMs({ ...order, state: "refunded", refunds: [refund({ state: "failed" })] }, after, 1)).not.toBe(
      false,
    );
  });
});
