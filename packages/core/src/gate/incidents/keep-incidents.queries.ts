import type { IncidentKind } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";
import { aheadMs, type FoundIncident, slotsOff } from "./incidents-of.ts";

/** An incident with where it was found. */
export type KeptIncident = FoundIncident & { readonly competitionSessionId: string; readonly ticketId: string | null };

/** Which incidents were looked for: those of these tickets, and those about just this. */
export type LookedAt = {
  readonly kinds: readonly IncidentKind[];
  readonly ticketIds: readonly string[];
  readonly abouts: readonly { readonly kind: IncidentKind; readonly about: string }[];
};

/** The incidents that were looked for, with the ids of their scans. */
export async function selectKept(trx: Transaction<Database>, { kinds, ticketIds, abouts }: LookedAt) {
  return trx
    .selectFrom("incident")
    .select(["competition_session_id", "id", "kind", "about", "state"])
    .select((eb) =>
      eb.fn
        .coalesce(
          eb
            .selectFrom("incident_scan")
            .whereRef("incident_scan.competition_session_id", "=", "incident.competition_session_id")
            .whereRef("incident_scan.incident_id", "=", "incident.id")
            .select(sql<string[]>`array_agg(scan_id)`.as("scan_ids")),
          sql<string[]>`'{}'::uuid[]`,
        )
        .as("scan_ids"),
    )
    .where("kind", "in", kinds)
    .where((eb) =>
      eb.or([
        eb("ticket_id", "=", sql<string>`any(${[...ticketIds]}::uuid[])`),
        eb("about", "=", sql<string>`any(${abouts.map(({ about }) => about)}::text[])`),
      ]),
    )
    .execute();
}

export async function insertIncidents(
  trx: Transaction<Database>,
  incidents: readonly (KeptIncident & { id: string })[],
  at: Date,
): Promise<void> {
  if (incidents.length === 0) return;
  await trx
    .insertInto("incident")
    .values(
      incidents.map(({ competitionSessionId, id, kind, about, ticketId }) => ({
        competition_session_id: competitionSessionId,
        id,
        kind,
        about,
        ticket_id: ticketId,
        state: "open",
        found_at: at,
        changed_at: at,
      })),
    )
    .execute();
}

export async function updateIncidentStates(
  trx: Transaction<Database>,
  incidents: readonly { id: string; state: string }[],
  at: Date,
): Promise<void> {
  if (incidents.length === 0) return;
  await sql`
    update incident set state = news.state, changed_at = ${at}
    from unnest(${incidents.map(({ id }) => id)}::uuid[], ${incidents.map(({ state }) => state)}::text[])
      as news (id, state)
    where incident.id = news.id`.execute(trx);
}

type IncidentScan = { competitionSessionId: string; incidentId: string; scanId: string };

const columnsOf = (scans: readonly IncidentScan[]) => sql`
  unnest(${scans.map((scan) => scan.competitionSessionId)}::uuid[], ${scans.map((scan) => scan.incidentId)}::uuid[],
    ${scans.map((scan) => scan.scanId)}::uuid[]) as one (competition_session_id, incident_id, scan_id)`;

export async function addIncidentScans(trx: Transaction<Database>, scans: readonly IncidentScan[]): Promise<void> {
  if (scans.length === 0) return;
  await sql`
    insert into incident_scan (competition_session_id, incident_id, scan_id)
    select * from ${columnsOf(scans)} on conflict do nothing`.execute(trx);
}

export async function removeIncidentScans(trx: Transaction<Database>, scans: readonly IncidentScan[]): Promise<void> {
  if (scans.length === 0) return;
  await sql`
    delete from incident_scan using ${columnsOf(scans)}
    where incident_scan.competition_session_id = one.competition_session_id
      and incident_scan.incident_id = one.incident_id and incident_scan.scan_id = one.scan_id`.execute(trx);
}

/** The scans of a tablet whose moment is not what their proof says, or not past; see `clockIncidentOf`. */
export async function selectOddScans(
  trx: Transaction<Database>,
  of: { scannerId: string; competitionSessionId: string },
) {
  return trx
    .selectFrom("scan")
    .select(["id", "number", "ticket_id", "scanned_at", "received_at", "proof_slot", "through", "decided_override"])
    .where("scanner_id", "=", of.scannerId)
    .where("competition_session_id", "=", of.competitionSessionId)
    .where(
      sql<boolean>`abs(proof_slot - floor(extract(epoch from scanned_at) / 15)) > ${slotsOff}
        or scanned_at > received_at + make_interval(secs => ${aheadMs / 1000})`,
    )
    .execute();
}
