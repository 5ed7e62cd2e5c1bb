import { expect, test } from "vitest";
import { paymentWish } from "./payment-key.ts";

const newKey = (): string => "new";

test("the first press is a new wish", () => {
  expect(paymentWish(null, null, newKey)).toEqual({ idempotencyKey: "new", afterPaymentId: null });
});

test("pressing again after a lost answer is the same wish", () => {
  const first = { idempotencyKey: "first", afterPaymentId: null };
  expect(paymentWish(null, first, newKey)).toBe(first);
});

test("going on with a payment that is under way is the same wish", () => {
  const first = { idempotencyKey: "first", afterPaymentId: null };
  expect(paymentWish({ id: "p1", state: "pending" }, first, newKey)).toBe(first);
});

test.each(["refused", "abandoned"] as const)("a %s payment ends its wish", (state) => {
  const first = { idempotencyKey: "first", afterPaymentId: null };
  expect(paymentWish({ id: "p1", state }, first, newKey)).toEqual({ idempotencyKey: "new", afterPaymentId: "p1" });
});

test("and the wish after a refusal holds through its own attempt", () => {
  const second = { idempotencyKey: "second", afterPaymentId: "p1" };
  expect(paymentWish({ id: "p1", state: "refused" }, second, newKey)).toBe(second);
  expect(paymentWish({ id: "p2", state: "pending" }, second, newKey)).toBe(second);
  expect(paymentWish({ id: "p2", state: "refused" }, second, newKey)).toEqual({
    idempotencyKey: "new",
    afterPaymentId: "p2",
  });
});
