import type { DeviceClock } from "../ports.ts";

export type FakeClock = DeviceClock & {
  /** Lets time pass on both clocks, and calls back whatever is due. */
  readonly advance: (ms: number) => void;
  /** Sets the wall clock as a person would, or as a sleep looks to a monotonic clock that stood still. */
  readonly setWall: (byMs: number) => void;
};

/** A clock that moves only when it is told to. */
export function createFakeClock(wallMs: number): FakeClock {
  let monotonic = 1000;
  let wall = wallMs;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    monotonicMs: () => monotonic,
    wallMs: () => wall,
    after: (ms, callback) => {
      const timer = { atMs: monotonic + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      monotonic += ms;
      wall += ms;
      for (const timer of [...timers].toSorted((a, b) => a.atMs - b.atMs)) {
        if (timer.atMs <= monotonic && timers.delete(timer)) timer.callback();
      }
    },
    setWall: (byMs) => {
      wall += byMs;
    },
  };
}
