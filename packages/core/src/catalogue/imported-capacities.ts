import { capacityChangeAlonePercent } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { insertCapacityChanges, selectCapacityDrift } from "./capacity-changes.queries.ts";
import { capacityWindowMs, needsSecondAdmin } from "./capacity.ts";
import type { SeatPoolLevel } from "./catalogue-cache.ts";
import type { RowError } from "./programme-file.ts";
import type { PlannedSeatPool } from "./programme-plan.ts";

type Levels = ReadonlyMap<string, SeatPoolLevel>;

/**
 * What an import may not do to capacities: go below the seats taken, or, where seats are taken, do what the dashboard
 * leaves to two admins. The pools are locked by the transaction.
 */
export async function refuseCapacities(
  trx: Transaction<Database>,
  { pools, levels, at }: { pools: readonly PlannedSeatPool[]; levels: Levels; at: Date },
): Promise<RowError[]> {
  if (pools.length === 0) return [];
  const since = new Date(at.getTime() - capacityWindowMs);
  const drifts = await selectCapacityDrift(trx, { seatPoolIds: pools.map(({ id }) => id), since });
  return pools.flatMap((pool): RowError[] => {
    const { capacity: from, taken } = levels.get(pool.id) ?? { capacity: 0, taken: 0 };
    const message = refusal(pool, { from, taken, drift: drifts.get(pool.id) ?? 0 });
    return message === undefined ? [] : [{ line: pool.line, column: "capacity", message }];
  });
}

function refusal(
  { capacity: to, category, competitionSessionCode }: PlannedSeatPool,
  { from, taken, drift }: { from: number; taken: number; drift: number },
): string | undefined {
  const place = `category ${category} of ${competitionSessionCode}`;
  if (to < taken) return `${to} is below the ${taken} seats already taken in ${place}`;
  if (taken === 0 || !needsSecondAdmin({ from, to, drift })) return undefined;
  return (
    `${to} is more than ${capacityChangeAlonePercent} % away from the ${from} seats of ${place}, or from those of a day ` +
    "ago, and seats are taken: change it in the dashboard, where a second admin approves it"
  );
}

/** Remembers what an import changes where seats are taken, so that it counts when the next change is measured. */
export async function recordCapacities(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { pools, levels }: { pools: readonly PlannedSeatPool[]; levels: Levels },
): Promise<void> {
  const changes = pools.flatMap(({ id: seatPoolId, capacity: toCapacity }) => {
    const { capacity: fromCapacity, taken } = levels.get(seatPoolId) ?? { capacity: 0, taken: 0 };
    return taken === 0 ? [] : [{ seatPoolId, fromCapacity, toCapacity }];
  });
  if (changes.length === 0) return;
  const at = ctx.clock();
  await insertCapacityChanges(
    trx,
    changes.map((change) => ({ ...change, id: newId(ctx), state: "applied" as const, requestedBy: null, at })),
  );
}
