import { expect, test } from "vitest";
import { differenceOf, isLarge } from "./capacity-changes.ts";

test.for([
  [1000, 1050, false],
  [1000, 1051, true],
  [1000, 950, false],
  [1000, 949, true],
  [10, 11, true],
  [0, 1, true],
] as const)("from %i to %i needs a second admin: %s", ([from, to, large]) => {
  expect(isLarge(from, to)).toBe(large);
});

test.for([
  [1000, 1500, 500, 50],
  [1500, 1000, -500, -33.3],
  [0, 20, 20, 100],
  [3, 4, 1, 33.3],
] as const)("from %i to %i is %i seats, %f %", ([from, to, seats, percent]) => {
  expect(differenceOf(from, to)).toEqual({ seats, percent });
});
