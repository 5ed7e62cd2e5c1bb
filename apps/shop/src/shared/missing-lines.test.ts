import { expect, test } from "vitest";
import type { BasketLine } from "./basket/basket.ts";
import { missingOf } from "./missing-lines.ts";

const line = (offerId: string, quantity: number): BasketLine => ({
  offerId,
  kind: "solo",
  persons: 1,
  name: null,
  currency: "EUR",
  quantity,
  unitPriceCents: 2400,
  entries: [],
});

test("what a reservation did not get, and why", () => {
  const lines = [line("a", 2), line("b", 1), line("c", 4)];
  expect(
    missingOf(lines, {
      lines: [
        { offerId: "a", quantity: 2, granted: 2, refusal: null },
        { offerId: "b", quantity: 1, granted: 0, refusal: { code: "offer_withdrawn", details: {} } },
        { offerId: "c", quantity: 4, granted: 3, refusal: { code: "sold_out", details: { left: 3 } } },
      ],
    }),
  ).toEqual([
    { line: line("b", 1), granted: 0, why: "offer_withdrawn" },
    { line: line("c", 4), granted: 3, why: "sold_out" },
  ]);
});

test("nothing is missing when all was there", () => {
  expect(missingOf([line("a", 2)], { lines: [{ offerId: "a", quantity: 2, granted: 2, refusal: null }] })).toEqual([]);
});
