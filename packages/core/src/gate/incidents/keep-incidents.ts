import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { newIds } from "../../ids.ts";
import {
  addIncidentScans,
  insertIncidents,
  type KeptIncident,
  type LookedAt,
  removeIncidentScans,
  selectKept,
  updateIncidentStates,
} from "./keep-incidents.queries.ts";

/**
 * Keeps what was found, each once, with every scan that it is about; what was not found again has explained itself, unless
 * somebody closed it. What somebody closed stays closed, and gets the scans that have come since. Whoever looks for the same
 * incidents at the same time must wait for a lock that the transaction holds: their ticket's, or their tablet's.
 */
export async function keepIncidents(
  ctx: Pick<CoreContext, "clock" | "random">,
  trx: Transaction<Database>,
  { found, within, at }: { found: readonly KeptIncident[]; within: LookedAt; at: Date },
): Promise<void> {
  const kept = await selectKept(trx, within);
  if (found.length === 0 && kept.length === 0) return;
  const keyOf = ({ kind, about }: { kind: string; about: string }) => `${kind} ${about}`;
  const keptBy = new Map(kept.map((incident) => [keyOf(incident), incident]));
  const foundBy = new Map(found.map((incident) => [keyOf(incident), incident]));

  const fresh = [...foundBy.values()].filter((incident) => !keptBy.has(keyOf(incident)));
  const ids = newIds(ctx, fresh.length);
  const added = fresh.map((incident, index) => ({ ...incident, id: ids[index] ?? "" }));
  const changes = kept.map((incident) => {
    const now = foundBy.get(keyOf(incident));
    const more = now?.scanIds.filter((scanId) => !incident.scan_ids.includes(scanId)) ?? [];
    const fewer = now === undefined ? [] : incident.scan_ids.filter((scanId) => !now.scanIds.includes(scanId));
    const state = incident.state === "done" ? "done" : now === undefined ? "explained" : "open";
    return { incident, more, fewer, state };
  });
  const changed = changes.filter(
    ({ incident, more, fewer, state }) => more.length > 0 || fewer.length > 0 || state !== incident.state,
  );
  const scansOf = (of: "more" | "fewer") =>
    changed.flatMap(({ incident, ...scans }) =>
      scans[of].map((scanId) => ({
        competitionSessionId: incident.competition_session_id,
        incidentId: incident.id,
        scanId,
      })),
    );

  await insertIncidents(trx, added, at);
  await updateIncidentStates(
    trx,
    changed.map(({ incident, state }) => ({ id: incident.id, state })),
    at,
  );
  await removeIncidentScans(trx, scansOf("fewer"));
  await addIncidentScans(trx, [
    ...added.flatMap(({ competitionSessionId, id: incidentId, scanIds }) =>
      scanIds.map((scanId) => ({ competitionSessionId, incidentId, scanId })),
    ),
    ...scansOf("more"),
  ]);
}
