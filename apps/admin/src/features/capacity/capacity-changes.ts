import { capacityChangeAlonePercent, type CapacityChange } from "@tessera/contracts";

/** How often the list of changes is asked for while somebody looks: the other admin waits for an answer. */
export const changesRefreshMs = 5_000;

/** By how much a capacity changes: seats, signed, and their share of what there is, to a tenth of a percent. */
export function differenceOf(from: number, to: number): { seats: number; percent: number } {
  return { seats: to - from, percent: from === 0 ? 100 : Math.round(((to - from) * 1000) / from) / 10 };
}

/** Whether a change is too large for one admin. The server also adds up the changes of a day, and so may say so for less. */
export function isLarge(from: number, to: number): boolean {
  return Math.abs(to - from) * 100 > from * capacityChangeAlonePercent;
}

export function waitingOf(changes: readonly CapacityChange[]): CapacityChange[] {
  return changes.filter(({ state }) => state === "awaiting_approval");
}

export function decidedOf(changes: readonly CapacityChange[]): CapacityChange[] {
  return changes.filter(({ state }) => state !== "awaiting_approval");
}
