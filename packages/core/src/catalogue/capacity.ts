import { capacityChangeAlonePercent } from "@tessera/contracts";

/** How long small changes are added up. */
export const capacityWindowMs = 24 * 3_600_000;

/**
 * Whether a change of capacity is too large for one admin: by more than 5 % of what there is now, or of what there was a
 * day ago. `drift` is what changes by one admin alone have added since then (or since two last agreed), so that many small
 * steps do not make a large one.
 */
export function needsSecondAdmin(change: { from: number; to: number; drift: number }): boolean {
  const isLarge = (base: number) => Math.abs(change.to - base) * 100 > base * capacityChangeAlonePercent;
  return isLarge(change.from) || isLarge(change.from - change.drift);
}
