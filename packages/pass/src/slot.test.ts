import { expect, test } from "vitest";
import { secondsLeft, slotAt } from "./slot.ts";

test("a slot lasts 15 seconds and counts down from 15 to 1", () => {
  const start = Date.UTC(2028, 6, 15, 18, 0, 0);
  expect(slotAt(start)).toBe(start / 15_000);
  expect(slotAt(start + 14_999)).toBe(slotAt(start));
  expect(slotAt(start + 15_000)).toBe(slotAt(start) + 1);
  expect([0, 1, 1000, 14_000, 14_999, 15_000].map((ms) => secondsLeft(start + ms))).toEqual([15, 15, 14, 1, 1, 15]);
});
