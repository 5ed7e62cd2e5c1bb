import { expect, test } from "vitest";
import { whyNot } from "./refunds.ts";

test.for([
  ["issued", true, null],
  ["issued", false, "payment"],
  ["admitted", false, "admitted"],
  ["cancelled", false, "cancelled"],
] as const)("a ticket that is %s, refundable %s: %s", ([state, refundable, why]) => {
  expect(whyNot({ state, refundable })).toBe(why);
});
