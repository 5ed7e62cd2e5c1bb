import { orderStates } from "@tessera/contracts";
import { expect, test } from "vitest";
import { assertChange, mayChange } from "./order.ts";

test("exactly these changes of an order are allowed", () => {
  const allowed = orderStates.flatMap((from) =>
    orderStates.filter((to) => mayChange(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(allowed).toEqual([
    "held → awaiting_payment",
    "held → expired",
    "held → cancelled",
    "awaiting_payment → paid",
    "awaiting_payment → expired",
    "awaiting_payment → cancelled",
    "paid → partly_refunded",
    "paid → refunded",
    "partly_refunded → partly_refunded",
    "partly_refunded → refunded",
    "expired → paid",
    "expired → refunded",
    "cancelled → paid",
    "cancelled → refunded",
  ]);
});

test("any other change is an error with both states", () => {
  expect(() => assertChange("refunded", "paid")).toThrow(expect.objectContaining({ code: "conflict" }));
});
