import fc from "fast-check";
import { expect, test } from "vitest";
import { splitCents } from "./split-cents.ts";

test("1001 cents in four", () => {
  expect(splitCents(1001, 4)).toEqual([251, 250, 250, 250]);
});

test("the parts add up to the cent and differ by a cent at most", () => {
  fc.assert(
    fc.property(fc.nat(100_000_00), fc.integer({ min: 1, max: 80 }), (cents, parts) => {
      const split = splitCents(cents, parts);
      expect(split).toHaveLength(parts);
      expect(split.reduce((sum, part) => sum + part, 0)).toBe(cents);
      expect(Math.max(...split) - Math.min(...split)).toBeLessThanOrEqual(1);
    }),
  );
});
