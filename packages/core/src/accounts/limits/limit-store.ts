import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** What is added to a counter; one that is not there or has expired begins, and lives so long from then on. */
export type Count = { key: string; points: number; seconds: number };
export type Counted = { points: number; msLeft: number };

/** Counters that expire, shared by all nodes. */
export type LimitStore = {
  /** Adds to each, and gives what each has come to, in the same order. */
  add(counts: readonly Count[]): Promise<Counted[]>;
  /**
   * Takes away what was added. Nothing begins a counter anew or falls below zero by it. It may come late, and then limits
   * are stricter for that moment: nobody need wait for it.
   */
  giveBack(counts: readonly Count[]): Promise<void>;
};

/** What every limiter under a store is made with: it only counts, and what a count means is decided elsewhere. */
export const countingOnly = { points: Number.MAX_SAFE_INTEGER, duration: 1, keyPrefix: "" };

/** Counters in one of rate-limiter-flexible's stores, one that never falls below zero. */
export function limitStoreOver(limiter: RateLimiterAbstract): LimitStore {
  return {
    add: (counts) =>
      Promise.all(
        counts.map(async ({ key, points, seconds }) => {
          const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points, { customDuration: seconds });
          return { points: consumedPoints, msLeft: msBeforeNext };
        }),
      ),
    giveBack: async (counts) => {
      await Promise.all(
        counts.map(({ key, points, seconds }) => limiter.reward(key, points, { customDuration: seconds })),
      );
    },
  };
}

/** Counts in this process alone: while the shared store is away, and in tests. */
export class LocalLimiter extends RateLimiterMemory {
  constructor() {
    super(countingOnly);
  }

  override async reward(...given: Parameters<RateLimiterMemory["reward"]>): Promise<RateLimiterRes> {
    const [key, points = 1] = given;
    const counter = await this.get(key);
    if (counter === null || counter.consumedPoints < points) return counter ?? new RateLimiterRes();
    return super.reward(...given);
  }
}

/** Counters of this process alone: a restart forgets them. */
export function memoryLimitStore(): LimitStore {
  return limitStoreOver(new LocalLimiter());
}
