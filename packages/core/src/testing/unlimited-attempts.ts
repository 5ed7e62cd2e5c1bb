import type { AttemptLimits } from "../accounts/limits/attempt-limits.ts";

/** For tests of what holds without limits: races, and tries that end by themselves. */
export const unlimitedAttempts: AttemptLimits = {
  guess: (_kind, _subject, attempt) => attempt(),
  spend: async () => undefined,
};
