import type { DeviceClock } from "./ports.ts";

export type ServerClock = {
  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs: () => number;
  /** The device's two clocks contradict each other since the server was last heard: it slept, or somebody set one. */
  readonly inDoubt: () => boolean;
  /** The server said that it was `serverMs`, asked at `askedAtMs` of the monotonic clock and heard just now. */
  readonly learn: (serverMs: number, askedAtMs: number) => void;
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
 * Server time carried on by the monotonic clock. Until the server is heard for the first time it is the wall clock's, and
 * in doubt.
 */
export function createServerClock({ monotonicMs, wallMs }: DeviceClock): ServerClock {
  let reading: Reading | null = null;

  const clock: ServerClock = {
    nowMs: () => {
      if (reading === null) return wallMs();
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
  };
  return clock;
}
