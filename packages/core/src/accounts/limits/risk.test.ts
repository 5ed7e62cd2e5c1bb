import { expect, it } from "vitest";
import { delayAfter, workLevel } from "./risk.ts";

it("waits twice as long after each wrong guess, a minute at most", () => {
  const delays = Array.from({ length: 14 }, (_, guesses) => delayAfter(guesses));
  expect(delays).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

it("asks for twice the work when there are twice as many, and ends somewhere", () => {
  expect([0, 19, 20].map((count) => workLevel(count, 20))).toEqual([0, 0, 0]);
  expect([21, 39, 40, 79, 80, 160, 320, 1e9].map((count) => workLevel(count, 20))).toEqual([1, 1, 2, 2, 3, 4, 5, 5]);
});
