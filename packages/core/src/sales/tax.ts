/**
 * The tax in a price that includes it, in cents, rounded to the nearest; half a cent goes up. `taxRateBp` is the rate in
 * hundredths of a percent of the price without tax: at 550, 100.00 has 5.21.
 */
export function taxIn(priceCents: number, taxRateBp: number): number {
  return Math.round((priceCents * taxRateBp) / (10_000 + taxRateBp));
}
