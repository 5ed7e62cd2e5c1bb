import type { Logger } from "../log.ts";

export type Job = {
  /** No run begins any more, and the one under way is told by its signal; resolves when it has ended. */
  stop: () => Promise<void>;
};

/**
 * Runs a task now and then again so many seconds after each end, and so never beside itself. A failure is logged, and
 * the next run comes as if nothing had been.
 */
export function every(
  seconds: number,
  name: string,
  task: (signal: AbortSignal) => Promise<unknown>,
  log: Logger,
): Job {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    try {
      await task(stopping.signal);
    } catch (error) {
      log.error({ job: name, err: error }, "job failed");
    }
    if (!stopping.signal.aborted) timer = setTimeout(begin, seconds * 1000);
  };
  const begin = (): void => {
    underWay = run();
  };
  begin();

  return {
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
      return underWay;
    },
  };
}
