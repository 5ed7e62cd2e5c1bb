import type { Job } from "./every.ts";

/**
 * Begins a job so many milliseconds from now: a server that has just started has more urgent things to do.
 *
 * @param onFailed told when it cannot begin
 */
export function soon(milliseconds: number, begin: () => Promise<Job>, onFailed: (error: unknown) => void): Job {
  let begun: Promise<Job | undefined> | undefined;
  const timer = setTimeout(() => {
    begun = begin().catch((error: unknown) => {
      onFailed(error);
      return undefined;
    });
  }, milliseconds);
  return {
    stop: async () => {
      clearTimeout(timer);
      const job = await begun;
      await job?.stop();
    },
  };
}
