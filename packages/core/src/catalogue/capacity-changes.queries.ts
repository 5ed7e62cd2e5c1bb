import { constraintOf, type Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { CodedError } from "../errors.ts";
import { competitionSessionColumns } from "./rows.ts";

/** The pool is locked by the transaction; the CHECK stands behind whoever forgets to look. */
export async function updateCapacity(
  trx: Transaction<Database>,
  { seatPoolId, capacity }: { seatPoolId: string; capacity: number },
): Promise<void> {
  try {
    await trx.updateTable("seat_pool").set({ capacity }).where("id", "=", seatPoolId).execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "seat_pool_never_oversold") throw new CodedError("capacity_below_taken");
    throw error;
  }
}

/**
 * What one admin alone, or an import, has added to pools since a moment, or since two admins last agreed on their
 * capacity. Pools without such changes are left out.
 */
export async function selectCapacityDrift(
  trx: Transaction<Database>,
  { seatPoolIds, since }: { seatPoolIds: readonly string[]; since: Date },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ seat_pool_id: string; drift: number }>`
    select alone.seat_pool_id, sum(alone.to_capacity - alone.from_capacity)::integer as drift
    from capacity_change alone
    where alone.seat_pool_id = any(${seatPoolIds}::uuid[])
      and alone.state = 'applied' and alone.decided_by is null and alone.decided_at > ${since}
      and not exists (
        select from capacity_change agreed
        where agreed.seat_pool_id = alone.seat_pool_id and agreed.state = 'applied'
          and agreed.decided_by is not null and agreed.decided_at > alone.decided_at)
    group by alone.seat_pool_id`.execute(trx);
  return new Map(rows.map(({ seat_pool_id: id, drift }) => [id, drift]));
}

type NewCapacityChange = {
  id: string;
  seatPoolId: string;
  fromCapacity: number;
  toCapacity: number;
  state: "awaiting_approval" | "applied";
  /** Null: an import of the programme. */
  requestedBy: string | null;
  at: Date;
};

/** Throws `conflict` if one waits for approval already. */
export async function insertCapacityChanges(
  trx: Transaction<Database>,
  changes: readonly NewCapacityChange[],
): Promise<void> {
  try {
    await trx
      .insertInto("capacity_change")
      .values(
        changes.map((change) => ({
          id: change.id,
          seat_pool_id: change.seatPoolId,
          from_capacity: change.fromCapacity,
          to_capacity: change.toCapacity,
          state: change.state,
          requested_by: change.requestedBy,
          requested_at: change.at,
          decided_at: change.state === "applied" ? change.at : null,
        })),
      )
      .execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "capacity_change_one_awaiting") {
      throw new CodedError("conflict", { reason: "awaiting_approval" });
    }
    throw error;
  }
}

/** Which pool a change is of. It never changes, and so it may be read before the lock. */
export async function selectSeatPoolOfChange(
  db: Kysely<Database>,
  changeId: string,
): Promise<{ seatPoolId: string } | undefined> {
  return db
    .selectFrom("capacity_change")
    .select("seat_pool_id as seatPoolId")
    .where("id", "=", changeId)
    .where("requested_by", "is not", null)
    .executeTakeFirst();
}

/** A change that waits for approval; undefined if it was decided. The pool's lock keeps it as it is. */
export async function selectAwaitingChange(trx: Transaction<Database>, changeId: string) {
  return trx
    .selectFrom("capacity_change")
    .select(["from_capacity as fromCapacity", "to_capacity as toCapacity", "requested_by as requestedBy"])
    .$narrowType<{ requestedBy: string }>()
    .where("id", "=", changeId)
    .where("state", "=", "awaiting_approval")
    .executeTakeFirst();
}

/** Throws `second_admin_required` for the yes of the one who asked: the database looks as well. */
export async function updateCapacityChange(
  trx: Transaction<Database>,
  { changeId, state, decidedBy, at }: { changeId: string; state: "applied" | "rejected"; decidedBy: string; at: Date },
): Promise<void> {
  try {
    await trx
      .updateTable("capacity_change")
      .set({ state, decided_by: decidedBy, decided_at: at })
      .where("id", "=", changeId)
      .execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "capacity_change_two_admins") throw new CodedError("second_admin_required");
    throw error;
  }
}

/** Changes that admins asked for: those that wait first, then the newest. */
export async function selectCapacityChanges(
  db: Kysely<Database>,
  { changeId, limit }: { changeId?: string; limit: number },
) {
  return db
    .selectFrom("capacity_change")
    .innerJoin("account as requester", "requester.id", "capacity_change.requested_by")
    .leftJoin("account as decider", "decider.id", "capacity_change.decided_by")
    .innerJoin("seat_pool", "seat_pool.id", "capacity_change.seat_pool_id")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .$if(changeId !== undefined, (query) => query.where("capacity_change.id", "=", changeId ?? ""))
    .select([
      "capacity_change.id",
      "capacity_change.seat_pool_id",
      "capacity_change.from_capacity",
      "capacity_change.to_capacity",
      "capacity_change.state",
      "capacity_change.requested_at",
      "capacity_change.decided_at",
      "requester.id as requester_id",
      "requester.display_name as requester_name",
      "decider.id as decider_id",
      "decider.display_name as decider_name",
      "seat_pool.category",
      "seat_pool.capacity",
      "seat_pool.taken",
      ...competitionSessionColumns,
    ])
    .orderBy((eb) => eb("capacity_change.state", "=", "awaiting_approval"), "desc")
    .orderBy("capacity_change.requested_at", "desc")
    .orderBy("capacity_change.id", "desc")
    .limit(limit)
    .execute();
}
