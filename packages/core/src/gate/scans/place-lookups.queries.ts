import { prepared } from "@tessera/db";
import { sql } from "kysely";
import { gathered } from "../../gathered.ts";

/** What a tablet names when it asks. */
type NamedPlace = { competitionSessionId: string; gateId: string; shiftId: string; scannerId: string };

type Row = {
  place: number;
  id: string;
  number: number;
  state: string;
  starts_at: Date;
  ends_at: Date;
  zones: number[] | null;
  account_id: string | null;
  shift_ends_at: Date | null;
  shift_ended_at: Date | null;
};

/**
 * The competition session, gate and shift that a tablet names; gate and shift only where they fit. Those of one moment are
 * looked up together, and nothing is kept.
 */
export const lookUpPlace = gathered(async (db, named: readonly NamedPlace[]) => {
  const { rows } = await sql<Row>`${prepared}
    select named.place::int, competition_session.id, competition_session.number, competition_session.state,
      competition_session.starts_at, competition_session.ends_at, gate.zones, shift.account_id,
      shift.ends_at as shift_ends_at, shift.ended_at as shift_ended_at
    from unnest(${named.map((one) => one.competitionSessionId)}::uuid[], ${named.map((one) => one.gateId)}::uuid[],
        ${named.map((one) => one.shiftId)}::uuid[], ${named.map((one) => one.scannerId)}::uuid[])
      with ordinality as named (competition_session_id, gate_id, shift_id, scanner_id, place)
    join competition_session on competition_session.id = named.competition_session_id
    left join gate on gate.venue_id = competition_session.venue_id and gate.id = named.gate_id
    left join shift on shift.id = named.shift_id and shift.scanner_id = named.scanner_id`.execute(db);
  const byPlace = new Map(rows.map((row) => [row.place - 1, row]));
  return named.map((_, place) => byPlace.get(place));
});
