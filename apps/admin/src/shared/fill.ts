/**
 * How full something is in per cent, to a tenth, rounded down: what has one free seat is not full, and only what is full
 * says 100.
 */
export function fillPercent(taken: number, capacity: number): number {
  return capacity === 0 ? 0 : Math.floor((taken * 1000) / capacity) / 10;
}
