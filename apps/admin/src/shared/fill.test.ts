import { expect, test } from "vitest";
import { fillPercent } from "./fill.ts";

test.for([
  [0, 500, 0],
  [499, 500, 99.8],
  [9999, 10_000, 99.9],
  [99_999, 100_000, 99.9],
  [500, 500, 100],
  [1, 3, 33.3],
  [0, 0, 0],
] as const)("%i of %i is %f %", ([taken, capacity, percent]) => {
  expect(fillPercent(taken, capacity)).toBe(percent);
});
