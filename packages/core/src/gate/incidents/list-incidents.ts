import {
  direction,
  type Facts,
  type Given,
  type incident,
  incidentKind,
  incidentState,
  type incidents,
  type incidentsInput,
  outcome,
  reason,
  scanMeans,
} from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { toCompetitionSession } from "../../catalogue/rows.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { toGate } from "../gate.ts";
import {
  type IncidentFilter,
  type IncidentRow,
  type IncidentScanRow,
  selectIncidentScans,
  selectIncidents,
} from "./list-incidents.queries.ts";

type Incident = Facts<typeof incident>;

const pageSize = 50;

/**
 * What supervisors must look at, or have looked at, the newest first: with all scans that each is about, their tablets, gates
 * and moments, and who was at work there.
 */
export async function listIncidents(
  ctx: Pick<CoreContext, "db">,
  filter: Given<typeof incidentsInput>,
): Promise<Facts<typeof incidents>> {
  // One more than is shown tells whether there is more.
  const found = await findIncidents(ctx.db, { ...filter, limit: pageSize + 1 });
  return { incidents: found.slice(0, pageSize), more: found.length > pageSize };
}

/** One of them. Throws `not_found`. */
export async function readIncident(
  ctx: Pick<CoreContext, "db">,
  { incidentId }: { incidentId: string },
): Promise<Incident> {
  const all = { competitionSessionId: null, state: null, before: null };
  const [found] = await findIncidents(ctx.db, { ...all, incidentId, limit: 1 });
  if (found === undefined) throw new CodedError("not_found");
  return found;
}

export async function findIncidents(db: Kysely<Database>, filter: IncidentFilter): Promise<Incident[]> {
  const rows = await selectIncidents(db, filter);
  if (rows.length === 0) return [];
  const scans = Map.groupBy(
    await selectIncidentScans(
      db,
      rows.map(({ id }) => id),
    ),
    ({ incident_id }) => incident_id,
  );
  return rows.map((row) => toIncident(row, scans.get(row.id) ?? []));
}

function toIncident(row: IncidentRow, scans: readonly IncidentScanRow[]): Incident {
  const { ticket_id, ticket_reference, holder_name, order_id, done_at } = row;
  return {
    id: row.id,
    kind: incidentKind.parse(row.kind),
    state: incidentState.parse(row.state),
    competitionSession: toCompetitionSession(row),
    foundAt: row.found_at,
    ticket:
      ticket_id === null || ticket_reference === null || holder_name === null || order_id === null
        ? null
        : { id: ticket_id, reference: ticket_reference, holderName: holder_name, orderId: order_id },
    scans: scans.map(toScan),
    done: done_at === null ? null : { at: done_at, by: row.done_by_name ?? "", note: row.done_note ?? "" },
  };
}

function toScan(row: IncidentScanRow): Incident["scans"][number] {
  return {
    scanId: row.id,
    tablet: row.scanner_name ?? "",
    gate: toGate(row),
    direction: direction.parse(row.direction),
    means: scanMeans.parse(row.means),
    sameCode: row.same_code,
    staff: row.staff_name,
    at: row.scanned_at,
    receivedAt: row.received_at,
    ...lastWord(row),
    // What it would have asked about and nobody answered was decided alone, too.
    cutOff: row.cut_off || (row.confirmed === false && row.tablet_outcome !== "refuse"),
    // A list's number is the millisecond at which it was given out, or a few more.
    listMadeAt: row.list_number === null ? null : new Date(row.list_number),
    through: row.through,
  };
}

/** What the screen said; until the tablet's record comes, what the server answered. */
function lastWord(row: IncidentScanRow): Pick<Incident["scans"][number], "outcome" | "reason"> {
  const isServers = row.tablet_outcome === null || row.confirmed === true;
  const said = row.shown ?? (isServers ? row.outcome : row.tablet_outcome);
  const why = isServers ? row.reason : row.tablet_reason;
  return { outcome: outcome.nullable().parse(said), reason: reason.nullable().parse(why) };
}
