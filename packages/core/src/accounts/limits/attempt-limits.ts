import type { ErrorCode } from "@tessera/contracts";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";

/** What can be guessed: each is counted for itself. */
export type GuessKind = "password" | "second_factor" | "registration_code";
/** What costs us or somebody else something each time: a mail, an account, a payment. */
export type SpendKind = "mail" | "registration" | "payment";

/** Who tries, and at whose door: an account's id, or an address that may have no account. */
export type AttemptSubject = { account: string; requester: Requester };

/** Against automation: limits by account, address and action. */
export type AttemptLimits = {
  /**
   * Runs `attempt` unless this subject has guessed wrong too often. A try counts from its start, so that many at once
   * are not more than one by one; what was no wrong guess is given back.
   * Throws `too_many_requests` with `retryAfterSeconds`, or `proof_of_work_required` with a `challenge`.
   */
  guess<T>(kind: GuessKind, subject: AttemptSubject, attempt: () => Promise<T>): Promise<T>;
  /** Counts one. Throws as `guess`. */
  spend(kind: SpendKind, subject: AttemptSubject): Promise<void>;
};

const wrongGuesses: ReadonlySet<ErrorCode> = new Set(["wrong_credentials", "wrong_code", "code_already_used"]);

/** Limits in this process's memory: a restart forgets them, and each server counts for itself. */
export function createAttemptLimits({ failures = 10, windowSeconds = 600 } = {}): AttemptLimits {
  const limiter = new RateLimiterMemory({ points: failures, duration: windowSeconds });
  return {
    async guess(kind, { account }, attempt) {
      const key = `${kind}:${account}`;
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
    async spend(kind, { account }) {
      await limiter.consume(`${kind}:${account}`).catch(refuse);
    },
  };
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  throw new CodedError("too_many_requests", { retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) });
}
