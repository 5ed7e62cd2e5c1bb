import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

/** What the server keeps of each scan, in the end. */
export type ScanRow = {
  id: string;
  scanner_id: string;
  number: number;
  gate_id: string;
  direction: "in" | "out";
  ticket_id: string | null;
  through: boolean;
  finding: string | null;
  /** Null where it counts for no ticket. */
  by_hand: boolean | null;
  zone: number | null;
  /** Nothing says when it was but a clock in doubt. */
  blurred: boolean;
  scanned_at: Date;
  asked_at: Date | null;
  uploaded_at: Date | null;
  /** What the server answered, and what the tablet says that its screen said. */
  outcome: string | null;
  shown: string | null;
};

export async function readScans(db: Kysely<Database>): Promise<ScanRow[]> {
  const { rows } = await sql<ScanRow>`
    select scan.id, scan.scanner_id, scan.number, scan.gate_id, scan.direction, scan.ticket_id, scan.through, scan.finding,
      scan.clock_in_doubt and scan.proof_slot is null and scan.asked_at is null as blurred, scan.scanned_at, scan.asked_at, scan.uploaded_at, scan.outcome, scan.shown, passage.by_hand, case when passage.scan_id is not null then ticket.zone end as zone
    from scan
    left join passage on passage.competition_session_id = scan.competition_session_id and passage.scan_id = scan.id
    left join ticket on ticket.competition_session_id = passage.competition_session_id and ticket.id = passage.ticket_id
    order by scan.scanner_id, scan.number`.execute(db);
  return rows;
}

/** What the server keeps of a ticket's scans, for whoever looks into a finding. */
export function rowsOf(scans: readonly ScanRow[], ticketId: string): string {
  const of = scans.filter(({ ticket_id }) => ticket_id === ticketId);
  const time = (at: Date | null): string => at?.toISOString().slice(11) ?? "never";
  const lines = of.map(
    ({ scanner_id, number, direction, outcome, shown, through, finding, scanned_at, asked_at, uploaded_at }) =>
      `${scanner_id.slice(-6)} ${number} ${direction}: ${finding ?? "-"}, answered ${outcome ?? "-"}, shown ${shown ?? "-"}, ${through ? "through" : "not through"}; scanned ${time(scanned_at)}, asked ${time(asked_at)}, came ${time(uploaded_at)}`,
  );
  return lines.map((line) => `\n      server: ${line}`).join("");
}

/** What the server keeps of each incident, with its scans. */
export type IncidentRow = {
  kind: string;
  about: string;
  state: string;
  found_at: Date;
  ticket_id: string | null;
  scanner_ids: string[];
  /** When the server heard of the last of its scans. */
  heard_at: Date | null;
};

export async function readIncidents(db: Kysely<Database>): Promise<IncidentRow[]> {
  const { rows } = await sql<IncidentRow>`
    select incident.kind, incident.about, incident.state, incident.found_at,
      min(scan.ticket_id::text) as ticket_id,
      coalesce(array_agg(distinct scan.scanner_id::text) filter (where scan.id is not null), '{}') as scanner_ids,
      max(greatest(scan.asked_at, scan.uploaded_at, decided.received_at)) as heard_at
    from incident
    left join incident_scan on incident_scan.competition_session_id = incident.competition_session_id
      and incident_scan.incident_id = incident.id
    left join scan on scan.competition_session_id = incident.competition_session_id and scan.id = incident_scan.scan_id
    left join lateral (
      select max(scanner_record.received_at) as received_at from scan_decision
      join scanner_record on scanner_record.scanner_id = scan_decision.scanner_id
        and scanner_record.number = scan_decision.number
      where scan_decision.scanner_id = scan.scanner_id and scan_decision.scan_number = scan.number) as decided on true
    group by incident.id, incident.kind, incident.about, incident.state, incident.found_at
    order by incident.kind, incident.about`.execute(db);
  return rows;
}
