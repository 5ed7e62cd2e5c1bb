import type { ErrorCode } from "@tessera/contracts";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { CodedError } from "../errors.ts";

export type AttemptKind = "password" | "second_factor";

/** Stops guessing. Each kind of secret is counted for itself. */
export type AttemptLimits = {
  /**
   * Runs `attempt` unless `subject` has guessed wrong too often, which is `too_many_requests` with `retryAfterSeconds`.
   * A try counts from its start, so that many at once are not more than one by one; what was no wrong guess is given back.
   */
  run<T>(kind: AttemptKind, subject: string, attempt: () => Promise<T>): Promise<T>;
};

const wrongGuesses: ReadonlySet<ErrorCode> = new Set(["wrong_credentials", "wrong_code", "code_already_used"]);

/**
 * Limits in this process's memory: a restart forgets them, and each server counts for itself. With six digits and three
 * good codes at a time, ten wrong ones in ten minutes find a code within a day with a chance of one in 230. Passwords
 * are counted by e-mail address, and so whoever knows one can still keep its owner from signing in.
 */
export function createAttemptLimits({ failures = 10, windowSeconds = 600 } = {}): AttemptLimits {
  const limiter = new RateLimiterMemory({ points: failures, duration: windowSeconds });
  return {
    async run(kind, subject, attempt) {
      const key = `${kind}:${subject}`;
      await limiter.consume(key).catch(refuse);
      let guessedWrong = false;
      try {
        return await attempt();
      } catch (error) {
        guessedWrong = error instanceof CodedError && wrongGuesses.has(error.code);
        throw error;
      } finally {
        if (!guessedWrong) await limiter.reward(key);
      }
    },
  };
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  throw new CodedError("too_many_requests", { retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) });
}
