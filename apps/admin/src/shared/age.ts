/** A length of time as people say it: one number, one unit. */
export type Age = { readonly count: number; readonly unit: "s" | "min" | "h" | "d" };

const steps = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
] as const;

/** Whole units, cut and not rounded; less than a second, or a moment to come by a clock that is slow, is none. */
export function ageOf(ms: number): Age {
  for (const [unit, unitMs] of steps) if (ms >= unitMs) return { count: Math.floor(ms / unitMs), unit };
  return { count: 0, unit: "s" };
}
