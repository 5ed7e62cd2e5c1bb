import { once } from "node:events";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { every, type Job } from "./every.ts";

let job: Job | undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await job?.stop();
});

const quiet = pino({ level: "silent" });

/** A task whose runs end when the test says so. */
function slowTask() {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  return {
    ends,
    most: () => most,
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    },
  };
}

it("runs at once, and then again so long after each end", async () => {
  const task = vi.fn<() => Promise<void>>(async () => undefined);
  job = every(5, "test", task, quiet);
  expect(task).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(task).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(task).toHaveBeenCalledTimes(2);
});

it("never runs beside itself, however long a run takes", async () => {
  const task = slowTask();
  job = every(1, "test", task.run, quiet);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(task.ends).toHaveLength(1);
  task.ends[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(task.ends).toHaveLength(2);
  expect(task.most()).toBe(1);
  task.ends[1]?.();
});

it("logs a failure, and goes on", async () => {
  const lines: string[] = [];
  const task = vi.fn<() => Promise<void>>(async () => {
    throw new Error("no luck");
  });
  job = every(1, "unlucky", task, pino({}, { write: (line) => void lines.push(line) }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(task).toHaveBeenCalledTimes(2);
  expect(lines).toEqual([expect.stringContaining('"job":"unlucky"'), expect.stringContaining("no luck")]);
});

it("stops when the run under way has ended, and never runs again", async () => {
  const task = slowTask();
  job = every(1, "test", task.run, quiet);
  const stopped = vi.fn<() => void>();
  const stopping = job.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stopped).not.toHaveBeenCalled();
  task.ends[0]?.();
  await stopping;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(task.ends).toHaveLength(1);
});

it("tells the run under way that it should stop", async () => {
  const untilTold = (signal: AbortSignal): Promise<unknown> => once(signal, "abort");
  job = every(1, "test", untilTold, quiet);
  await expect(job.stop()).resolves.toBeUndefined();
});
