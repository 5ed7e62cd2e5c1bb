import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { clockIncidentOf } from "./incidents-of.ts";
import { type KeptIncident, selectOddScans } from "./keep-incidents.queries.ts";
import { keepIncidents } from "./keep-incidents.ts";

type Where = { readonly scannerId: string; readonly competitionSessionId: string };

/** Keeps whether a tablet's clock is wrong, by all that it scanned of a competition session. One upload of it at a time. */
export async function keepClockIncident(
  ctx: Pick<CoreContext, "clock" | "random">,
  trx: Transaction<Database>,
  where: Where,
  at: Date,
): Promise<void> {
  const scans = (await selectOddScans(trx, where)).map((row) => ({
    id: row.id,
    number: row.number ?? 0,
    ticketId: row.ticket_id,
    scannedAtMs: row.scanned_at.getTime(),
    receivedAtMs: row.received_at.getTime(),
    slot: row.proof_slot,
    accepted: row.through && row.decided_override !== true,
  }));
  const { competitionSessionId, scannerId } = where;
  // A tablet has one such incident for each of its competition sessions.
  const about = `${scannerId} ${competitionSessionId}`;
  const found = clockIncidentOf(about, scans).map((incident) => ({
    ...incident,
    competitionSessionId,
    ticketId: null,
  }));
  const abouts = [{ kind: "clock_wrong" as const, about }];
  await keepIncidents(ctx, trx, { found, within: { kinds: ["clock_wrong"], ticketIds: [], abouts }, at });
}

/** Keeps that a tablet said two different things under one number; which of them is true only people can tell. */
export async function keepContradictions(
  ctx: Pick<CoreContext, "clock" | "random">,
  trx: Transaction<Database>,
  contradicted: readonly (Where & { readonly number: number; readonly scanId: string | null })[],
  at: Date,
): Promise<void> {
  if (contradicted.length === 0) return;
  const found = contradicted.map(({ scannerId, number, competitionSessionId, scanId }): KeptIncident => {
    const about = `${scannerId} ${number}`;
    const scanIds = scanId === null ? [] : [scanId];
    return { kind: "journal_contradiction", about, scanIds, competitionSessionId, ticketId: null };
  });
  const abouts = found.map(({ about }) => ({ kind: "journal_contradiction" as const, about }));
  await keepIncidents(ctx, trx, { found, within: { kinds: ["journal_contradiction"], ticketIds: [], abouts }, at });
}
