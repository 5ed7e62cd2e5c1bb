/** How long one proof is shown, in milliseconds. */
export const slotMs = 15_000;

/** The slot (unix seconds / 15) that a moment, in unix milliseconds, lies in. */
export function slotAt(ms: number): number {
  return Math.floor(ms / slotMs);
}

/** Whole seconds, 15 to 1, until the code shown at `ms` (unix milliseconds) is replaced by the next one. */
export function secondsLeft(ms: number): number {
  return Math.ceil(((slotAt(ms) + 1) * slotMs - ms) / 1000);
}
