import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { CodedError } from "../errors.ts";

export type AttemptKind = "password" | "second_factor";

/** Stops guessing. Each kind of secret is counted for itself. */
export type AttemptLimits = {
  /**
   * Runs `attempt` unless `subject` has failed too often, which is `too_many_requests` with `retryAfterSeconds`. A try
   * counts from its start and is given back when it succeeds, so that many at once are not more than one by one.
   */
  run<T>(kind: AttemptKind, subject: string, attempt: () => Promise<T>): Promise<T>;
};

/**
 * Limits in this process's memory: a restart forgets them, and each server counts for itself. Passwords are counted by
 * e-mail address, and so whoever knows one can keep its owner from signing in for a window, though never longer. With six digits and three
 * good codes at a time, ten wrong ones in ten minutes find a code within a day with a chance of one in 230.
 */
export function createAttemptLimits({ failures = 10, windowSeconds = 600 } = {}): AttemptLimits {
  const limiter = new RateLimiterMemory({ points: failures, duration: windowSeconds });
  return {
    async run(kind, subject, attempt) {
      const key = `${kind}:${subject}`;
      await limiter.consume(key).catch(refuse);
      const result = await attempt();
      await limiter.reward(key);
      return result;
    },
  };
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  throw new CodedError("too_many_requests", { retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) });
}
