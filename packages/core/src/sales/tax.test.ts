import fc from "fast-check";
import { expect, test } from "vitest";
import { splitCents } from "./split-cents.ts";
import { taxIn } from "./tax.ts";

test.each([
  [100_00, 550, 5_21],
  [105_50, 550, 5_50],
  [120_00, 2000, 20_00],
  [1, 550, 0],
  [99_99, 0, 0],
  [105, 500, 5],
])("%i cents at %i hundredths of a percent have %i of tax", (priceCents, rate, tax) => {
  expect(taxIn(priceCents, rate)).toBe(tax);
});

const price = fc.nat(100_000_00);
const rate = fc.integer({ min: 0, max: 5000 });

test("tax and the price without it add up to the price, and the rate of one gives the other within half a cent", () => {
  fc.assert(
    fc.property(price, rate, (priceCents, taxRateBp) => {
      const tax = taxIn(priceCents, taxRateBp);
      expect(Number.isInteger(tax)).toBe(true);
      expect(tax).toBeGreaterThanOrEqual(0);
      expect(tax).toBeLessThanOrEqual(priceCents);
      const exact = (priceCents * taxRateBp) / (10_000 + taxRateBp);
      expect(Math.abs(tax - exact)).toBeLessThanOrEqual(0.5);
    }),
  );
});

test("what a unit's tickets hold of tax differs from that of its price by half a cent a ticket at most", () => {
  fc.assert(
    fc.property(price, rate, fc.integer({ min: 1, max: 80 }), (priceCents, taxRateBp, tickets) => {
      const taxes = splitCents(priceCents, tickets).map((cents) => taxIn(cents, taxRateBp));
      const sum = taxes.reduce((all, tax) => all + tax, 0);
      expect(Math.abs(sum - taxIn(priceCents, taxRateBp))).toBeLessThanOrEqual(tickets / 2 + 0.5);
    }),
  );
});
