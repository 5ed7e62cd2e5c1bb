import { expect, it, onTestFinished, vi } from "vitest";
import { soon } from "./soon.ts";

const fail = (error: unknown): never => {
  throw error;
};

it("begins after a while, and ends what has begun", async () => {
  const stop = vi.fn<() => Promise<void>>(async () => undefined);
  const begin = vi.fn<() => Promise<{ stop: () => Promise<void> }>>(async () => ({ stop }));
  const job = soon(5, begin, fail);
  expect(begin).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(begin).toHaveBeenCalledOnce());
  await job.stop();
  expect(stop).toHaveBeenCalledOnce();
});

it("never begins when it is stopped before", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const begin = vi.fn<() => Promise<{ stop: () => Promise<void> }>>();
  await soon(5, begin, fail).stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begin).not.toHaveBeenCalled();
});

it("says when it cannot begin, and is ended all the same", async () => {
  const failed = vi.fn<(error: unknown) => void>();
  const job = soon(5, () => Promise.reject(new Error("not there")), failed);
  await vi.waitFor(() => expect(failed).toHaveBeenCalledWith(new Error("not there")));
  await job.stop();
});
