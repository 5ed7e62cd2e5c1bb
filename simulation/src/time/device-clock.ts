import type { DeviceClock } from "@tessera/scanner-core";
import type { VirtualTime } from "./virtual-time.ts";

export type ClockFaults = {
  /** What the wall clock shows too much at first, milliseconds. */
  readonly offsetMs: number;
  /** How much too fast the quartz is: 0.0001 gains a second in three hours. */
  readonly drift: number;
};

/** The clocks of one tablet, which go on while its app does not. */
export type TabletClock = {
  readonly clock: DeviceClock;
  /** Somebody sets the wall clock. */
  readonly set: (byMs: number) => void;
};

/** Clocks as wrong as told. Timers keep the quartz's time. */
export function makeTabletClock(time: VirtualTime, { offsetMs, drift }: ClockFaults): TabletClock {
  const bootMs = time.nowMs;
  let setBy = offsetMs;
  const monotonicMs = (): number => (time.nowMs - bootMs) * (1 + drift);
  return {
    clock: {
      monotonicMs,
      wallMs: () => bootMs + monotonicMs() + setBy,
      after: (ms, callback) => time.after(ms / (1 + drift), callback),
    },
    set: (byMs) => {
      setBy += byMs;
    },
  };
}
