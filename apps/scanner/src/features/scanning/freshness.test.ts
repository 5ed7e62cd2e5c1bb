import { expect, test } from "vitest";
import { freshnessOf } from "./freshness.ts";

const hour = 3_600_000;

test.each([
  [0, "fresh"],
  [hour / 2, "fresh"],
  [hour / 2 + 1, "aging"],
  [hour, "aging"],
  [hour + 1, "old"],
  [null, "old"],
])("a list %s ms old, of an hour that the policy allows, is %s", (ageMs, expected) => {
  expect(freshnessOf(ageMs, hour)).toBe(expected);
});
