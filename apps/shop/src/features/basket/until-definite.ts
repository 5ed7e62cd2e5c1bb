import { apiErrorOf } from "@tessera/client";
import { isDefinite } from "./is-definite.ts";

const firstPauseMs = 600;
const longestPauseMs = 15_000;
/** Who is told to wait longer than this is told so, instead of waiting without knowing. */
const longestToldSeconds = 60;

/**
 * How long to wait before the next try, in milliseconds: twice as long each time, and never the same for all, so that a
 * crowd does not come back in step.
 *
 * @param failures tries so far, from 1
 * @param random from 0 to 1
 */
export function pauseMs(failures: number, random: number): number {
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
  return Math.round(longest * (0.5 + random / 2));
}

type Waiting = {
  readonly signal: AbortSignal;
  readonly random?: () => number;
  /** Ends after so many milliseconds, or when the visitor stops; says whether to go on. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<boolean>;
};

/**
 * Tries until the answer is definite, or the visitor stops: then the last failure is thrown. What only the visitor can do
 * something about, such as signing in, is thrown as well.
 *
 * @param tryOnce is told whether it was tried before
 */
export async function untilDefinite<Answer>(
  tryOnce: (again: boolean) => Promise<Answer>,
  { signal, random = Math.random, wait = pause }: Waiting,
): Promise<Answer> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await tryOnce(failures > 1);
    } catch (error) {
      const { errorCode, details } = apiErrorOf(error);
      const toldSeconds = Number(details["retryAfterSeconds"] ?? 0);
      const forVisitor = errorCode === "not_signed_in" || errorCode === "second_factor_required";
      if (isDefinite(errorCode) || forVisitor || toldSeconds > longestToldSeconds || signal.aborted) throw error;
      if (!(await wait(Math.max(pauseMs(failures, random()), toldSeconds * 1000), signal))) throw error;
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
