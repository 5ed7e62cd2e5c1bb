import type { Logger } from "../log.ts";

export type Job = {
  /** No run begins any more; resolves when the one under way has ended. */
  stop: () => Promise<void>;
};

/**
 * Runs a task now and then again so many seconds after each end, and so never beside itself. A failure is logged, and
 * the next run comes as if nothing had been.
 */
export function every(seconds: number, name: string, task: () => Promise<unknown>, log: Logger): Job {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    try {
      await task();
    } catch (error) {
      log.error({ job: name, err: error }, "job failed");
    }
    if (!stopped) timer = setTimeout(begin, seconds * 1000);
  };
  const begin = (): void => {
    underWay = run();
  };
  begin();

  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return underWay;
    },
  };
}
