import { setTimeout as pause } from "node:timers/promises";
import type { Facts, gateLive } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { countGate } from "../gate/counts/count-gate.ts";
import { findIncidents } from "../gate/incidents/list-incidents.ts";
import { createSharedReadings, type Reading, type SharedReadings } from "./shared-readings.ts";

type GateLive = Facts<typeof gateLive>;
export type GateReadings = SharedReadings<GateLive>;

/** So often a supervisor's screen may change. */
const everyMs = 1000;
/** So many open incidents are told; the list has all of them. */
const mostIncidents = 20;

/** The gate as this node has read it last, for everybody who looks on. */
export function createGateReadings(): GateReadings {
  return createSharedReadings<GateLive>({
    everyMs,
    // The moment of a reading is not what it says.
    sameness: ({ counts: { at: _, ...counts }, incidents }) => JSON.stringify([counts, incidents]),
  });
}

type Parts = Pick<CoreContext, "db" | "clock" | "gateReadings">;

/**
 * How many are where, at most a second old or so: all who ask a node within a second are given one reading. Throws
 * `not_found`.
 */
export async function readGateCounts(
  ctx: Parts,
  { competitionSessionId }: { competitionSessionId: string },
): Promise<GateLive["counts"]> {
  return (await readGate(ctx, competitionSessionId)).value.counts;
}

/**
 * Counts and the newest open incidents of a competition session: at once, and then again whenever something has changed, at
 * most once a second. It looks instead of being told (docs/decisions/0025): however many watch, a node reads once. Throws
 * `not_found`.
 *
 * @param signal ends it, also while it waits
 */
export async function* watchGate(
  ctx: Parts,
  competitionSessionId: string,
  signal: AbortSignal,
): AsyncGenerator<GateLive, void, undefined> {
  let told = 0;
  while (!signal.aborted) {
    const { value, version, staleAtMs } = await readGate(ctx, competitionSessionId);
    if (signal.aborted) return;
    if (version !== told) yield value;
    told = version;
    await pause(Math.max(1, staleAtMs - performance.now()), undefined, { signal, ref: false }).catch(() => undefined);
  }
}

function readGate(ctx: Parts, competitionSessionId: string): Promise<Reading<GateLive>> {
  return ctx.gateReadings(competitionSessionId, async () => ({
    counts: await countGate(ctx, competitionSessionId),
    incidents: await findIncidents(ctx.db, { competitionSessionId, state: "open", before: null, limit: mostIncidents }),
  }));
}
