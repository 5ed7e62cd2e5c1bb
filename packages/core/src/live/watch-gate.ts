import { setTimeout as pause } from "node:timers/promises";
import type { CoreContext } from "../context.ts";
import { countGate } from "../gate/counts/count-gate.ts";
import { findIncidents } from "../gate/incidents/list-incidents.ts";
import type { GateLive } from "./gate-readings.ts";
import type { Reading } from "./shared-readings.ts";

/** So many open incidents are told; the list has all of them. */
const mostIncidents = 20;

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
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const { value, version, staleAtMs } = await readGate(ctx, competitionSessionId);
    if (isOver()) return;
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
