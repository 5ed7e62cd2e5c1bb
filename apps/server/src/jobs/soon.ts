import type { Job } from "./every.ts";

/** Begins a job so many milliseconds from now: a server that has just started has more urgent things to do. */
export function soon(milliseconds: number, begin: () => Promise<Job>): Job {
  let begun: Promise<Job> | undefined;
  const timer = setTimeout(() => {
    begun = begin();
  }, milliseconds);
  return {
    stop: async () => {
      clearTimeout(timer);
      const job = await begun;
      await job?.stop();
    },
  };
}
