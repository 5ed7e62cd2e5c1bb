import { expect, it, vi } from "vitest";
import { soon } from "./soon.ts";

it("begins after a while, and ends what has begun", async () => {
  const stop = vi.fn<() => Promise<void>>(async () => undefined);
  const begin = vi.fn<() => Promise<{ stop: () => Promise<void> }>>(async () => ({ stop }));
  const job = soon(5, begin);
  expect(begin).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(begin).toHaveBeenCalledOnce());
  await job.stop();
  expect(stop).toHaveBeenCalledOnce();
});

it("never begins when it is stopped before", async () => {
  const begin = vi.fn<() => Promise<{ stop: () => Promise<void> }>>();
  await soon(5, begin).stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begin).not.toHaveBeenCalled();
});
