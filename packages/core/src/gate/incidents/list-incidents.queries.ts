import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { competitionSessionColumns } from "../../catalogue/rows.ts";

export type IncidentFilter = {
  /** Only this one. */
  incidentId?: string;
  competitionSessionId: string | null;
  state: "open" | "done" | "explained" | null;
  /** The incident after which to go on: newest first. */
  before: string | null;
  limit: number;
};

/** Incidents, the newest first, with what they are about. UUIDv7 sort by the moment at which they were made. */
export async function selectIncidents(
  db: Kysely<Database>,
  { incidentId, competitionSessionId, state, before, limit }: IncidentFilter,
) {
  return db
    .selectFrom("incident")
    .innerJoin("competition_session", "competition_session.id", "incident.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .leftJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "incident.competition_session_id")
        .onRef("ticket.id", "=", "incident.ticket_id"),
    )
    .leftJoin("account as closer", "closer.id", "incident.done_by")
    .select([
      ...competitionSessionColumns,
      "incident.id",
      "incident.kind",
      "incident.state",
      "incident.found_at",
      "incident.done_at",
      "incident.done_note",
      "closer.display_name as done_by_name",
      "ticket.id as ticket_id",
      "ticket.reference as ticket_reference",
      "ticket.holder_name",
      "ticket.order_id",
    ])
    .$if(incidentId !== undefined, (query) => query.where("incident.id", "=", incidentId ?? null))
    .$if(competitionSessionId !== null, (query) =>
      query.where("incident.competition_session_id", "=", competitionSessionId),
    )
    .$if(state !== null, (query) => query.where("incident.state", "=", state))
    .$if(before !== null, (query) => query.where("incident.id", "<", before))
    .orderBy("incident.id", "desc")
    .limit(limit)
    .execute();
}

export type IncidentRow = Awaited<ReturnType<typeof selectIncidents>>[number];

/** The scans of those incidents, each at its tablet and gate, in the order in which they were made. */
export async function selectIncidentScans(db: Kysely<Database>, incidentIds: readonly string[]) {
  return db
    .selectFrom("incident_scan")
    .innerJoin("scan", (join) =>
      join
        .onRef("scan.competition_session_id", "=", "incident_scan.competition_session_id")
        .onRef("scan.id", "=", "incident_scan.scan_id"),
    )
    .innerJoin("gate", "gate.id", "scan.gate_id")
    .leftJoin("scanner", "scanner.id", "scan.scanner_id")
    .leftJoin("shift", "shift.id", "scan.shift_id")
    .leftJoin("account", "account.id", "shift.account_id")
    .where("incident_scan.incident_id", "=", sql<string>`any(${[...incidentIds]}::uuid[])`)
    .select([
      "incident_scan.incident_id",
      "scan.id",
      "scan.direction",
      "scan.means",
      sql<boolean>`scan.code_sha256 is not null
        and count(*) over (partition by incident_scan.incident_id, scan.code_sha256) > 1`.as("same_code"),
      "scan.scanned_at",
      "scan.received_at",
      "scan.cut_off",
      "scan.through",
      "scan.shown",
      "scan.outcome",
      "scan.reason",
      "scan.tablet_outcome",
      "scan.tablet_reason",
      "scan.confirmed",
      "scan.list_number",
      "scanner.name as scanner_name",
      "account.display_name as staff_name",
      "gate.id as gate_id",
      "gate.code as gate_code",
      "gate.name as gate_name",
    ])
    .orderBy("scan.scanned_at")
    .orderBy("scan.id")
    .execute();
}

export type IncidentScanRow = Awaited<ReturnType<typeof selectIncidentScans>>[number];

/** Locks an incident until the transaction ends. */
export async function lockIncident(trx: Transaction<Database>, incidentId: string) {
  return trx
    .selectFrom("incident")
    .select(["competition_session_id", "state", "kind"])
    .where("id", "=", incidentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function markDone(
  trx: Transaction<Database>,
  key: { competitionSessionId: string; incidentId: string },
  { at, by, note }: { at: Date; by: string; note: string },
): Promise<void> {
  await trx
    .updateTable("incident")
    .set({ state: "done", changed_at: at, done_at: at, done_by: by, done_note: note })
    .where("competition_session_id", "=", key.competitionSessionId)
    .where("id", "=", key.incidentId)
    .execute();
}
