import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

/** The gates of venues, each with the zones that it leads to. */
export async function selectGatesAt(db: Kysely<Database>, venueCodes: readonly string[]) {
  return db
    .selectFrom("gate")
    .innerJoin("venue", "venue.id", "gate.venue_id")
    .select(["gate.id", "gate.code", "gate.name", "gate.zones", "venue.code as venue_code"])
    .where("venue.code", "in", venueCodes)
    .execute();
}
