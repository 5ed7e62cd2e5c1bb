import type { ScannerState } from "@tessera/contracts";
import { prepared } from "@tessera/db";
import { sql } from "kysely";
import { gathered } from "../../gathered.ts";
import type { KnownScanner } from "./scanner.ts";

type Row = {
  place: number;
  id: string;
  name: string;
  state: ScannerState;
  public_key: Buffer;
  gate_id: string;
  competition_session_ids: string[];
};

/**
 * A tablet that has a key, by its id. Those of one moment are looked up together, and nothing is kept: one that was
 * revoked is known as that at once.
 */
export const findScanner = gathered(async (db, scannerIds: readonly string[]) => {
  const { rows } = await sql<Row>`${prepared}
    select wanted.place::int, scanner.id, scanner.name, scanner.state, scanner.public_key, scanner.gate_id,
      array(select competition_session_id::text from scanner_competition_session
        where scanner_id = scanner.id order by competition_session_id) as competition_session_ids
    from unnest(${scannerIds}::uuid[]) with ordinality as wanted (id, place)
    join scanner on scanner.id = wanted.id
    where scanner.public_key is not null`.execute(db);
  const byPlace = new Map(rows.map((row) => [row.place - 1, row]));
  return scannerIds.map((_, place): KnownScanner | undefined => {
    const row = byPlace.get(place);
    return row && toScanner(row);
  });
});

function toScanner(row: Row): KnownScanner {
  return {
    scannerId: row.id,
    name: row.name,
    state: row.state,
    publicKey: row.public_key,
    gateId: row.gate_id,
    competitionSessionIds: row.competition_session_ids,
  };
}
