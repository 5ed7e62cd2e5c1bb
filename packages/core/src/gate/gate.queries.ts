import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { competitionSessionColumns } from "../catalogue/rows.ts";

const gateColumns = ["gate.id as gate_id", "gate.code as gate_code", "gate.name as gate_name"] as const;

/** Every competition session with the gates of its venue, a row for each gate. */
export async function selectCompetitionSessionsWithGates(db: Kysely<Database>) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .innerJoin("gate", "gate.venue_id", "venue.id")
    .select([...competitionSessionColumns, ...gateColumns])
    .orderBy("competition_session.starts_at")
    .orderBy("competition_session.code")
    .orderBy("gate.code")
    .execute();
}

export async function selectCompetitionSession(db: Kysely<Database>, competitionSessionId: string) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([...competitionSessionColumns, "competition_session.number", "competition_session.venue_id"])
    .where("competition_session.id", "=", competitionSessionId)
    .executeTakeFirst();
}

export async function selectGates(db: Kysely<Database>, venueId: string) {
  return db
    .selectFrom("gate")
    .select([...gateColumns, "gate.zones"])
    .where("venue_id", "=", venueId)
    .orderBy("code")
    .execute();
}
