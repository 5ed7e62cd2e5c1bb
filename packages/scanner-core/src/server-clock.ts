import type { DeviceClock } from "./ports.ts";

export type ServerClock = {
  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs: () => number;
  /**
   * Nobody vouches for it: the server was not heard since the app began, or the device's two clocks contradict each other
   * since (it slept, or somebody set one), and no supervisor has set it right.
   */
  readonly inDoubt: () => boolean;
  /** The server said that it was `serverMs`, asked at `askedAtMs` of the monotonic clock and heard just now. */
  readonly learn: (serverMs: number, askedAtMs: number) => void;
  /** A supervisor says that it is so much later, milliseconds. Whatever the server says next is better. */
  readonly correct: (byMs: number) => void;
  /** What must be added to the wall clock, milliseconds: what a restart of the app begins with. */
  readonly offsetMs: () => number;
};

type Reading = {
  readonly serverMs: number;
  readonly monotonicMs: number;
  readonly wallMs: number;
  /** Half of the way there and back: by so much the reading can be wrong. */
  readonly errorMs: number;
};

/** Where the device's own two clocks may disagree before one of them must have stopped or been set. */
const toleranceMs = 2000;
/** What a quartz may lose or win, so that a fresh reading over a slow network replaces an old one at last. */
const driftPerMs = 0.0001;

/**
 * Server time carried on by the monotonic clock. Until the server is heard for the first time it is the wall clock's with
 * what was known of its error before, and in doubt.
 *
 * @param keptOffsetMs `offsetMs` of the app that ran before
 */
export function createServerClock({ monotonicMs, wallMs }: DeviceClock, keptOffsetMs = 0): ServerClock {
  let reading: Reading | null = null;

  const clock: ServerClock = {
    nowMs: () => {
      if (reading === null) return wallMs() + keptOffsetMs;
      const byMonotonic = monotonicMs() - reading.monotonicMs;
      const byWall = wallMs() - reading.wallMs;
      // A monotonic clock stands still while some devices sleep; then the one that has gone on further is right.
      return reading.serverMs + (byWall - byMonotonic > toleranceMs ? byWall : byMonotonic);
    },
    inDoubt: () => {
      if (reading === null) return true;
      const byMonotonic = monotonicMs() - reading.monotonicMs;
      return Math.abs(wallMs() - reading.wallMs - byMonotonic) > toleranceMs;
    },
    learn: (serverMs, askedAtMs) => {
      const now = monotonicMs();
      const errorMs = (now - askedAtMs) / 2;
      const known =
        reading === null || clock.inDoubt() ? Infinity : reading.errorMs + (now - reading.monotonicMs) * driftPerMs;
      if (errorMs > known) return;
      reading = { serverMs: serverMs + errorMs, monotonicMs: now, wallMs: wallMs(), errorMs };
    },
    correct: (byMs) => {
      const serverMs = clock.nowMs() + byMs;
      reading = { serverMs, monotonicMs: monotonicMs(), wallMs: wallMs(), errorMs: Infinity };
    },
    offsetMs: () => clock.nowMs() - wallMs(),
  };
  return clock;
}
