import { expect, test, vi } from "vitest";
import { askInTurn, PageStillOpenError } from "./ask-in-turn.ts";

/** Gives as many payments, and counts those that were taken. */
function payments(count: number) {
  let taken = 0;
  const next = async () => {
    if (taken >= count) return undefined;
    taken += 1;
    return { id: String(taken) };
  };
  return { next, taken: () => taken };
}

test("asks about ten at once, and no more", async () => {
  const { next, taken } = payments(100);
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const run = askInTurn({
    next,
    ask: () => {
      asked += 1;
      return gate.promise;
    },
    signal: undefined,
  });
  await vi.waitFor(() => expect(asked).toBe(10));
  expect(taken()).toBe(10);
  gate.resolve();
  expect(await run).toEqual({ done: 100, failed: [], isAway: false });
});

test("takes that a page cannot be closed yet for an answer", async () => {
  const { next } = payments(50);
  const run = await askInTurn({ next, ask: () => Promise.reject(new PageStillOpenError()), signal: undefined });
  expect(run.failed).toHaveLength(50);
  expect(run.isAway).toBe(false);
});

test("ends at a thousand, and by its signal", async () => {
  const many = payments(2000);
  expect(await askInTurn({ next: many.next, ask: async () => undefined, signal: undefined })).toMatchObject({
    done: 1000,
  });
  expect(many.taken()).toBe(1000);

  const stopping = new AbortController();
  const few = payments(100);
  const run = await askInTurn({ next: few.next, ask: async () => stopping.abort(), signal: stopping.signal });
  expect(run.done).toBe(few.taken());
  expect(run.done).toBeLessThanOrEqual(10);
});

test("rejects when there is nothing to take from, after what is under way has ended", async () => {
  const gate = Promise.withResolvers<void>();
  const { next } = payments(5);
  let ended = 0;
  const run = askInTurn({
    next: async () => (await next()) ?? Promise.reject(new Error("database away")),
    ask: async () => {
      await gate.promise;
      ended += 1;
    },
    signal: undefined,
  });
  gate.resolve();
  await expect(run).rejects.toThrow("database away");
  expect(ended).toBe(5);
});
