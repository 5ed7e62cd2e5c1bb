import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { competitionSessionColumns } from "./rows.ts";

/** A competition session with what admins have decided of it. */
export async function selectAdminCompetitionSession(db: Kysely<Database>, competitionSessionId: string) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .leftJoin("account as canceller", "canceller.id", "competition_session.cancelled_by")
    .select([
      ...competitionSessionColumns,
      "competition_session.phases",
      "competition_session.hand_over_allowed",
      "competition_session.cancelled_at",
      "competition_session.cancelled_by",
      "competition_session.cancel_note",
      "competition_session.paid_back_at",
      "canceller.display_name as canceller_name",
      "canceller.deleted_at as canceller_deleted_at",
    ])
    .where("competition_session.id", "=", competitionSessionId)
    .executeTakeFirst();
}

/** How full each category is, and how many tickets of it are good and were used. */
export async function selectCategoryCounts(db: Kysely<Database>, competitionSessionId: string) {
  return db
    .selectFrom("seat_pool")
    .leftJoin(
      (eb) =>
        eb
          .selectFrom("hold")
          .select(["seat_pool_id", sql<number>`sum(seats)::integer`.as("seats")])
          .where("competition_session_id", "=", competitionSessionId)
          .where("state", "=", "held")
          .groupBy("seat_pool_id")
          .as("held"),
      (join) => join.onRef("held.seat_pool_id", "=", "seat_pool.id"),
    )
    .leftJoin(
      (eb) =>
        eb
          .selectFrom("ticket")
          .select([
            "category",
            sql<number>`count(*)::integer`.as("good"),
            sql<number>`(count(*) filter (where state = 'admitted'))::integer`.as("admitted"),
          ])
          .where("competition_session_id", "=", competitionSessionId)
          .where("state", "<>", "cancelled")
          .groupBy("category")
          .as("sold"),
      (join) => join.onRef("sold.category", "=", "seat_pool.category"),
    )
    .select(["seat_pool.id", "seat_pool.category", "seat_pool.capacity", "seat_pool.taken"])
    .select((eb) => [
      eb.fn.coalesce("held.seats", sql<number>`0`).as("held"),
      eb.fn.coalesce("sold.good", sql<number>`0`).as("sold"),
      eb.fn.coalesce("sold.admitted", sql<number>`0`).as("admitted"),
    ])
    .where("seat_pool.competition_session_id", "=", competitionSessionId)
    .orderBy("seat_pool.category")
    .execute();
}

export async function countOffered(db: Kysely<Database>, competitionSessionId: string, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom("hand_over")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "=", "offered")
    .where("expires_at", ">", now)
    .executeTakeFirstOrThrow();
  return count;
}

/** All seat pools of a competition session, for who locks them. */
export async function selectSeatPoolIds(db: Kysely<Database>, competitionSessionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("seat_pool")
    .select("id")
    .where("competition_session_id", "=", competitionSessionId)
    .execute();
  return rows.map(({ id }) => id);
}

/** Locks a competition session until the transaction ends; after its seat pools, where they are locked too. */
export async function lockCompetitionSession(trx: Transaction<Database>, competitionSessionId: string) {
  return trx
    .selectFrom("competition_session")
    .select(["code", "state", "hand_over_allowed"])
    .where("id", "=", competitionSessionId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateHandOverAllowed(
  trx: Transaction<Database>,
  competitionSessionId: string,
  allowed: boolean,
): Promise<void> {
  await trx
    .updateTable("competition_session")
    .set({ hand_over_allowed: allowed })
    .where("id", "=", competitionSessionId)
    .execute();
}

export async function markCancelled(
  trx: Transaction<Database>,
  competitionSessionId: string,
  { at, by, note }: { at: Date; by: string; note: string },
): Promise<void> {
  await trx
    .updateTable("competition_session")
    .set({ state: "cancelled", cancelled_at: at, cancelled_by: by, cancel_note: note })
    .where("id", "=", competitionSessionId)
    .execute();
}
