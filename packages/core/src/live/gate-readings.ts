import type { Facts, gateLive } from "@tessera/contracts";
import { createSharedReadings, type SharedReadings } from "./shared-readings.ts";

export type GateLive = Facts<typeof gateLive>;
export type GateReadings = SharedReadings<GateLive>;

/** So often a supervisor's screen may change. */
const everyMs = 1000;

/** The gate as this node has read it last, for everybody who looks on. */
export function createGateReadings(): GateReadings {
  return createSharedReadings<GateLive>({
    everyMs,
    // The moment of a reading is not what it says.
    sameness: ({ counts, incidents }) => JSON.stringify([{ ...counts, at: null }, incidents]),
  });
}
