import type { DeviceClock, Tally } from "@tessera/scanner-core";
import { remember, remembered } from "../../shared/remembered.ts";

/** This device's clocks. */
export const deviceClock: DeviceClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** The count of one competition session, kept on this device. */
export function tallyOf(competitionSessionId: string): Tally {
  const key = `admitted.${competitionSessionId}`;
  return {
    read: () => Number.parseInt(remembered(key) ?? "0", 10) || 0,
    write: (admitted) => remember(key, String(admitted)),
  };
}
