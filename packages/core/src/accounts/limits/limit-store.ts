import { type RateLimiterAbstract, RateLimiterMemory } from "rate-limiter-flexible";

/** What is added to a counter; one that is not there or has expired begins, and lives so long from then on. */
export type Count = { key: string; points: number; seconds: number };
export type Counted = { points: number; msLeft: number };

/** Counters that expire, shared by all nodes. */
export type LimitStore = {
  /** Adds to each, and gives what each has come to, in the same order. */
  add(counts: readonly Count[]): Promise<Counted[]>;
};

/** What every limiter under a store is made with: it only counts, and what a count means is decided elsewhere. */
export const countingOnly = { points: Number.MAX_SAFE_INTEGER, duration: 1, keyPrefix: "" };

/** Counters in one of rate-limiter-flexible's stores. */
export function limitStoreOver(limiter: RateLimiterAbstract): LimitStore {
  return {
    add: (counts) =>
      Promise.all(
        counts.map(async ({ key, points, seconds }) => {
          const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points, { customDuration: seconds });
          return { points: consumedPoints, msLeft: msBeforeNext };
        }),
      ),
  };
}

/** Counters of this process alone: a restart forgets them. For tests, and while the shared store is away. */
export function memoryLimitStore(): LimitStore {
  return limitStoreOver(new RateLimiterMemory(countingOnly));
}
