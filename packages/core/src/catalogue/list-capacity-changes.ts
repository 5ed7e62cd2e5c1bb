import { capacityChange, type capacityChanges, type Facts } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { selectCapacityChanges } from "./capacity-changes.queries.ts";
import { toCategory, toCompetitionSession } from "./rows.ts";

export type CapacityChangeFacts = Facts<typeof capacityChange>;

const newestChanges = 100;

/** Changes of capacities that admins asked for: those that wait for approval first, then the newest; 100 at most. */
export async function listCapacityChanges(ctx: Pick<CoreContext, "db">): Promise<Facts<typeof capacityChanges>> {
  return (await selectCapacityChanges(ctx.db, { limit: newestChanges })).map(toCapacityChange);
}

/** One of them, inside the transaction that has made or decided it. */
export async function readCapacityChange(db: Kysely<Database>, changeId: string): Promise<CapacityChangeFacts> {
  const [row] = await selectCapacityChanges(db, { changeId, limit: 1 });
  if (row === undefined) throw new CodedError("not_found");
  return toCapacityChange(row);
}

// What a CHECK constraint has already assured, told to the types.
const { state } = capacityChange.shape;

function toCapacityChange(row: Awaited<ReturnType<typeof selectCapacityChanges>>[number]): CapacityChangeFacts {
  return {
    id: row.id,
    seatPoolId: row.seat_pool_id,
    competitionSession: toCompetitionSession(row),
    category: toCategory(row.category),
    fromCapacity: row.from_capacity,
    toCapacity: row.to_capacity,
    capacity: row.capacity,
    taken: row.taken,
    state: state.parse(row.state),
    requestedBy: { id: row.requester_id, displayName: row.requester_name },
    requestedAt: row.requested_at,
    decidedBy: row.decider_id === null ? null : { id: row.decider_id, displayName: row.decider_name },
    decidedAt: row.decided_at,
  };
}
