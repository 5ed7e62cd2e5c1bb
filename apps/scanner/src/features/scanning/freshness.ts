/** How much a list's age matters: `aging` warns before the policy acts, `old` says that it does. */
export type Freshness = "fresh" | "aging" | "old";

/** From this part of what the policy allows on, the age is shown as a warning. */
const warnsFrom = 0.5;

/** What a list's age means under a policy. Without any list nothing is known, as with the oldest. */
export function freshnessOf(ageMs: number | null, maxListAgeMs: number): Freshness {
  if (ageMs === null || ageMs > maxListAgeMs) return "old";
  return ageMs > maxListAgeMs * warnsFrom ? "aging" : "fresh";
}
