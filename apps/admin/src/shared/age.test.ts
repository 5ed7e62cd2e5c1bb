import { expect, test } from "vitest";
import { ageOf } from "./age.ts";

test.each([
  [-5000, 0, "s"],
  [999, 0, "s"],
  [59_999, 59, "s"],
  [60_000, 1, "min"],
  [3_599_999, 59, "min"],
  [7_200_000, 2, "h"],
  [90_000_000, 1, "d"],
])("%d ms are %d %s", (ms, count, unit) => {
  expect(ageOf(ms)).toEqual({ count, unit });
});
