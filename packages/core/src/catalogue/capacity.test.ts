import fc from "fast-check";
import { expect, test } from "vitest";
import { needsSecondAdmin } from "./capacity.ts";

test.each([
  { from: 100, to: 105, drift: 0, second: false },
  { from: 100, to: 106, drift: 0, second: true },
  { from: 100, to: 95, drift: 0, second: false },
  { from: 100, to: 94, drift: 0, second: true },
  // Of so few seats, one is more than 5 %.
  { from: 19, to: 20, drift: 0, second: true },
  { from: 0, to: 1, drift: 0, second: true },
  // 105 today, 100 a day ago.
  { from: 105, to: 106, drift: 5, second: true },
  { from: 105, to: 100, drift: 5, second: false },
])("from $from, $drift of which one admin added, to $to: second admin $second", ({ second, ...change }) => {
  expect(needsSecondAdmin(change)).toBe(second);
});

test("whatever one admin does in a day, in however many steps, stays within 5 % of where it began", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(fc.integer({ min: -6000, max: 6000 })),
      (base, steps) => {
        let capacity = base;
        for (const step of steps) {
          const change = { from: capacity, to: capacity + step, drift: capacity - base };
          if (!needsSecondAdmin(change)) capacity += step;
        }
        expect(Math.abs(capacity - base)).toBeLessThanOrEqual(base * 0.05);
      },
    ),
  );
});
