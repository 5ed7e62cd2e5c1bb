/**
 * Splits an amount into parts that differ by a cent at most and add up to it exactly: 1001 in 4 is 251, 250, 250, 250.
 */
export function splitCents(cents: number, parts: number): number[] {
  const each = Math.floor(cents / parts);
  const rest = cents - each * parts;
  return Array.from({ length: parts }, (_, index) => (index < rest ? each + 1 : each));
}
