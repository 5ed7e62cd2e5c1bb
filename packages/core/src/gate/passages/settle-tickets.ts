import { direction, type IncidentKind, outcome } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { changeTickets } from "../../tickets/change-tickets.ts";
import { incidentsOf, unknownAdmitted } from "../incidents/incidents-of.ts";
import type { KeptIncident } from "../incidents/keep-incidents.queries.ts";
import { keepIncidents } from "../incidents/keep-incidents.ts";
import { type Passage, passagesOf, type TicketFacts, type TicketScan } from "../incidents/ticket-facts.ts";
import type { EpochRow } from "../scans/find-code.ts";
import { type Finding, findings, wentThrough } from "../scans/went-through.ts";
import {
  deletePassages,
  insertPassages,
  type LockedTicket,
  type ScanFactsRow,
  selectBarring,
  selectPassagesOf,
  selectScanFacts,
  type StoredPassage,
  updateDecided,
} from "./facts.queries.ts";

type Touched = {
  /** Locked by the transaction. */
  readonly tickets: readonly LockedTicket[];
  readonly epochs: readonly EpochRow[];
  readonly scannerId: string;
  /** Of this tablet's scans, whatever ticket they name. */
  readonly numbers: readonly number[];
  readonly at: Date;
};

/** What follows from the scans of a ticket beside its passages: kinds of which no other ticket has a part. */
const ofTickets: readonly IncidentKind[] = [
  "admitted_twice",
  "relayed_code",
  "superseded_admitted",
  "revoked_admitted",
  "unknown_admitted",
];

/**
 * Draws from all scans of tickets, and of a tablet by number, what follows from them: who went through, the passages that
 * count for each ticket, and what must be looked at. All of it follows from the rows alone: whatever came in whichever order
 * gives the same. A ticket is admitted with its first entry, and stays so though the entry be taken back: it was out of its
 * holder's hands, and what comes next is for a person to see.
 *
 * @returns the scans, as they were read
 */
export async function settleTickets(
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  trx: Transaction<Database>,
  { tickets, epochs, scannerId, numbers, at }: Touched,
): Promise<ScanFactsRow[]> {
  const ticketIds = tickets.map(({ id }) => id);
  const rows = await selectScanFacts(trx, { ticketIds, scannerId, numbers });
  const barring = Map.groupBy(await selectBarring(trx, ticketIds), ({ ticket_id }) => ticket_id);
  const stored = Map.groupBy(await selectPassagesOf(trx, ticketIds), ({ ticket_id }) => ticket_id);
  const epochsOf = Map.groupBy(epochs, ({ ticket_id }) => ticket_id);
  const scans = rows.map((row) => ({ row, scan: toScan(row) }));
  await updateDecided(
    trx,
    scans.flatMap(({ row, scan }) => {
      const through = wentThrough(scan);
      return through === row.through && !isNewlyDecided(row) ? [] : [{ row, through }];
    }),
  );

  const ofTicket = Map.groupBy(scans, ({ row }) => row.ticket_id);
  const found: KeptIncident[] = [];
  const gone: { competitionSessionId: string; scanId: string }[] = [];
  const added: Parameters<typeof insertPassages>[1][number][] = [];
  const entered: LockedTicket[] = [];
  for (const ticket of tickets) {
    const { id: ticketId, competition_session_id: competitionSessionId } = ticket;
    const facts: TicketFacts = {
      ticketId,
      reentry: ticket.reentry === "after_exit" ? "after_exit" : "never",
      epochs: (epochsOf.get(ticketId) ?? []).map(({ epoch, created_at }) => ({ epoch, fromMs: created_at.getTime() })),
      barred: barredOf(ticket, barring.get(ticketId) ?? []),
      scans: (ofTicket.get(ticketId) ?? []).flatMap(({ row, scan }) =>
        row.competition_session_id === competitionSessionId ? [scan] : [],
      ),
    };
    const wanted = passagesOf(facts);
    const changes = changesOf(stored.get(ticketId) ?? [], wanted);
    gone.push(...changes.gone.map(({ scan_id: scanId }) => ({ competitionSessionId, scanId })));
    added.push(...changes.added.map((passage) => ({ ...passage, competitionSessionId, ticketId })));
    if (ticket.state === "issued" && wanted.some((passage) => passage.direction === "in")) entered.push(ticket);
    found.push(...incidentsOf(facts).map((incident) => ({ ...incident, competitionSessionId, ticketId })));
  }
  // Scans that are in no ticket's facts: of none that we know, or of another competition session's.
  const sessionOf = new Map(tickets.map((ticket) => [ticket.id, ticket.competition_session_id]));
  const elsewhere = scans.filter(
    ({ row }) => row.ticket_id === null || sessionOf.get(row.ticket_id) !== row.competition_session_id,
  );
  found.push(
    ...elsewhere.flatMap(({ row, scan }) =>
      unknownAdmitted(scan).map((incident) => ({
        ...incident,
        competitionSessionId: row.competition_session_id,
        ticketId: null,
      })),
    ),
  );

  await changeTickets(
    ctx,
    trx,
    entered.map(({ id, competition_session_id: competitionSessionId, state, epoch }) => ({
      id,
      competitionSessionId,
      state,
      epoch,
    })),
    { state: "admitted", at },
  );
  // After the tickets: what has changed already need not be told to lists again, row by row.
  await deletePassages(trx, gone);
  await insertPassages(trx, added);
  const abouts = elsewhere.map(({ row }) => ({ kind: "unknown_admitted" as const, about: row.id }));
  await keepIncidents(ctx, trx, { found, within: { kinds: ofTickets, ticketIds, abouts }, at });
  return rows;
}

const findingsByName: ReadonlyMap<string | null, Finding> = new Map(findings.map((finding) => [finding, finding]));

function toScan(row: ScanFactsRow): TicketScan {
  const { admit, override, allowed } = row;
  return {
    id: row.id,
    scannerId: row.scanner_id,
    gateId: row.gate_id,
    direction: direction.parse(row.direction),
    scannedAtMs: row.scanned_at.getTime(),
    askedAtMs: row.asked_at?.getTime() ?? null,
    codeSha256: row.code_sha256,
    slot: row.proof_slot,
    passEpoch: row.pass_epoch,
    answered: outcome.nullable().parse(row.outcome),
    uploaded: row.uploaded_at !== null,
    shown: outcome.nullable().parse(row.shown),
    finding: findingsByName.get(row.finding) ?? null,
    decision: admit === null || override === null ? null : { admit, override, allowed: allowed === true },
  };
}

const isNewlyDecided = (row: ScanFactsRow): boolean =>
  row.decided_at?.getTime() !== row.stored_decided_at?.getTime() ||
  row.admit !== row.stored_admit ||
  row.override !== row.stored_override;

/**
 * When a ticket let nobody in. One that was cancelled alone, and paid back, let in nobody ever: whoever has the money back
 * is not inside as well. With its whole competition session those inside are paid back too.
 */
function barredOf(
  ticket: LockedTicket,
  events: readonly { kind: string; at: Date }[],
): { fromMs: number; untilMs: number }[] {
  const barred: { fromMs: number; untilMs: number }[] = [];
  let blockedSince: number | null = null;
  for (const { kind, at } of events) {
    if (kind === "cancelled") {
      const withAll = ticket.competition_session_state === "cancelled";
      barred.push({ fromMs: withAll ? at.getTime() : -Infinity, untilMs: Infinity });
    }
    if (kind === "blocked") blockedSince ??= at.getTime();
    if (kind === "unblocked" && blockedSince !== null) {
      barred.push({ fromMs: blockedSince, untilMs: at.getTime() });
      blockedSince = null;
    }
  }
  if (blockedSince !== null) barred.push({ fromMs: blockedSince, untilMs: Infinity });
  return barred;
}

/** What must go and what must come so that a ticket has the passages that its scans stand for. */
function changesOf(stored: readonly StoredPassage[], wanted: readonly Passage[]) {
  const isStored = (passage: Passage) =>
    stored.some(({ scan_id, by_hand }) => scan_id === passage.scanId && by_hand === passage.byHand);
  const isWanted = ({ scan_id, by_hand }: StoredPassage) =>
    wanted.some((passage) => passage.scanId === scan_id && passage.byHand === by_hand);
  const next = { in: 1, out: 1 };
  for (const passage of stored) {
    const { ordinal } = passage;
    const towards = direction.parse(passage.direction);
    next[towards] = Math.max(next[towards], ordinal + 1);
  }
  return {
    gone: stored.filter((passage) => !isWanted(passage)),
    added: wanted
      .filter((passage) => !isStored(passage))
      .map((passage) => ({ ...passage, ordinal: next[passage.direction]++ })),
  };
}
