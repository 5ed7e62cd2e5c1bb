import type { Order } from "@tessera/contracts";
import { expect, test } from "vitest";
import { lookAgainMs, standingOf } from "./order-facts.ts";

const order: Order = {
  id: "o",
  reference: "ABCDEFGHJK",
  state: "held",
  currency: "EUR",
  totalCents: 100,
  createdAt: "2028-07-01T10:00:00.000Z",
  holdExpiresAt: "2028-07-01T10:15:00.000Z",
  paidAt: null,
  payment: null,
  lines: [],
};
const payment = (state: NonNullable<Order["payment"]>["state"]): Order["payment"] => ({ id: "p", state });

test.each([
  [{ state: "held" }, "held"],
  [{ state: "awaiting_payment", payment: payment("pending") }, "awaiting"],
  [{ state: "awaiting_payment", payment: payment("succeeded") }, "awaiting"],
  [{ state: "awaiting_payment", payment: payment("refused") }, "refused"],
  [{ state: "awaiting_payment", payment: payment("abandoned") }, "abandoned"],
  [{ state: "paid", paidAt: "2028-07-01T10:05:00.000Z", payment: payment("succeeded") }, "paid"],
  [{ state: "refunded", paidAt: "2028-07-01T10:05:00.000Z" }, "refunded"],
  [{ state: "refunded", paidAt: null }, "lateRefund"],
] as const)("%o stands at %s", (over, standing) => {
  expect(standingOf({ ...order, ...over })).toBe(standing);
});

test("an order is looked at often while an answer is due, and never once it is settled", () => {
  const before = Date.parse("2028-07-01T10:14:00.000Z");
  const after = Date.parse("2028-07-01T10:15:00.000Z");
  const held = Number(lookAgainMs(order, before));
  expect(
    Number(lookAgainMs({ ...order, state: "awaiting_payment", payment: payment("pending") }, before)),
  ).toBeLessThan(held);
  expect(Number(lookAgainMs(order, after))).toBeLessThan(held);
  expect(lookAgainMs({ ...order, state: "paid" }, after)).toBe(false);
  expect(lookAgainMs({ ...order, state: "expired" }, after)).toBe(false);
  expect(lookAgainMs({ ...order, state: "expired", payment: payment("abandoned") }, after)).not.toBe(false);
});
