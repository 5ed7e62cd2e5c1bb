import type { Facts, scannerChoices, scannerViews } from "@tessera/contracts";
import { toCompetitionSession } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import { toGate } from "../gate.ts";
import {
  selectAssigned,
  selectCompetitionSessionsSince,
  selectOpenShifts,
  selectScanners,
  selectVenuesWithGates,
} from "./scanner-views.queries.ts";
import { stateAt } from "./scanner.ts";

type Parts = Pick<CoreContext, "db" | "clock">;

const dayMs = 86_400_000;

/**
 * Every tablet that is or was enrolled, and the invitations of the last day, the newest first; with who works with it, and
 * how many scans only the tablet has.
 */
export async function listScanners({ db, clock }: Parts): Promise<Facts<typeof scannerViews>> {
  const now = clock();
  const rows = await selectScanners(db, { endedSince: new Date(now.getTime() - dayMs) });
  const ids = rows.map(({ id }) => id);
  const [assigned, shifts] = [await selectAssigned(db, ids), await selectOpenShifts(db, ids, now)];
  const sessionsOf = Map.groupBy(assigned, (row) => row.scanner_id);
  const shiftsOf = Map.groupBy(shifts, (row) => row.scanner_id);
  return rows.map(({ gate_id, gate_code, gate_name, ...row }) => ({
    ...row,
    state: stateAt(row, now),
    gate: toGate({ gate_id, gate_code, gate_name }),
    competitionSessions: (sessionsOf.get(row.id) ?? []).map(toCompetitionSession),
    staff: (shiftsOf.get(row.id) ?? []).map(({ id: shiftId, display_name: displayName, role }) => ({
      shiftId,
      displayName,
      role,
    })),
  }));
}

/** What a tablet can be for: the gates of each venue, and what ended there a day ago at most and was not cancelled. */
export async function listScannerChoices({ db, clock }: Parts): Promise<Facts<typeof scannerChoices>> {
  const gates = await selectVenuesWithGates(db);
  const sessions = await selectCompetitionSessionsSince(db, new Date(clock().getTime() - dayMs));
  const sessionsAt = Map.groupBy(sessions, (row) => row.venue_id);
  return [...Map.groupBy(gates, (row) => row.venue_id)].flatMap(([venueId, rows]) => {
    const competitionSessions = (sessionsAt.get(venueId) ?? []).map(toCompetitionSession);
    const [first] = rows;
    if (first === undefined || competitionSessions.length === 0) return [];
    return { venueId, venue: first.venue, city: first.city, gates: rows.map(toGate), competitionSessions };
  });
}
