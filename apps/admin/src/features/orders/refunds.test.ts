import { expect, test } from "vitest";
import { whyNot } from "./refunds.ts";

test.for([
  ["issued", true, 50_00, null],
  ["issued", false, 0, "free"],
  ["issued", false, 50_00, "payment"],
  ["admitted", false, 50_00, "admitted"],
  ["cancelled", false, 0, "cancelled"],
] as const)("a ticket that is %s, refundable %s, for %i cents: %s", ([state, refundable, priceCents, why]) => {
  expect(whyNot({ state, refundable, priceCents })).toBe(why);
});
