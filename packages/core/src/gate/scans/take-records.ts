import { hash } from "node:crypto";
import type { SignedRecord, Uploaded } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { slotAt } from "@tessera/pass";
import type { Transaction } from "kysely";
import { type AuditAct, writeAuditEntries } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { newIds } from "../../ids.ts";
import { aheadMs, slotsOff } from "../incidents/incidents-of.ts";
import { keepClockIncident, keepContradictions } from "../incidents/tablet-incidents.ts";
import { lockTickets, selectEpochs, selectLocked } from "../passages/facts.queries.ts";
import { settleTickets } from "../passages/settle-tickets.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import { findCode } from "./find-code.ts";
import { readRecords, type ReadRecord } from "./read-records.ts";
import {
  type FoundRecord,
  insertDecisions,
  insertRecords,
  lockRecords,
  selectNumbered,
  selectOverridden,
  upsertScans,
} from "./records.queries.ts";
import { decisionsOf, type SortedRecords, sortRecords } from "./sort-records.ts";

type TakeContext = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * Takes what a tablet has written down: scans, what people decided, and when its clock was set right. In any order, torn or
 * repeated: each number is taken once, and what follows from a ticket's scans is the same whichever came first. Each code
 * counts by what was right when it was scanned, and only after the server has checked pass, seal and proof by itself. A
 * record is taken though its shift is over, its person was disabled, or its ticket cancelled since.
 *
 * The tablet must not send a record again once it has said something else: two texts under one number contradict each other,
 * which is refused and becomes an incident. What is neither taken nor refused was not kept, and is to be sent again.
 */
export async function takeRecords(
  ctx: TakeContext,
  scanner: EnrolledScanner,
  { records }: { records: readonly SignedRecord[] },
): Promise<Uploaded> {
  const { read, refused } = await readRecords(ctx, scanner, records);
  const merged = await takeTogetherOrAlone(ctx, scanner, read);
  return { taken: merged.taken, refused: [...refused, ...merged.refused].toSorted((a, b) => a.index - b.index) };
}

async function takeTogetherOrAlone(
  ctx: TakeContext,
  scanner: EnrolledScanner,
  records: readonly ReadRecord[],
): Promise<Uploaded> {
  if (records.length === 0) return { taken: [], refused: [] };
  try {
    return await takeTogether(ctx, scanner, records);
  } catch (error) {
    if (records.length === 1) throw error;
    return takeAlone(ctx, scanner, records, error);
  }
}

/** One by one, so that one bad record never holds up the others. Rejects with `cause` where not even one could be taken. */
async function takeAlone(
  ctx: TakeContext,
  scanner: EnrolledScanner,
  records: readonly ReadRecord[],
  cause: unknown,
): Promise<Uploaded> {
  const all: Uploaded = { taken: [], refused: [] };
  for (const record of records) {
    try {
      const { taken, refused } = await takeTogether(ctx, scanner, [record]);
      all.taken.push(...taken);
      all.refused.push(...refused);
    } catch (error) {
      if (isUnfit(error)) all.refused.push({ index: record.index, why: "torn" });
    }
  }
  if (all.taken.length + all.refused.length === 0) throw cause;
  return all;
}

/** The database can keep no such value: it will not tomorrow either (SQLSTATE classes 22 and 23). */
const isUnfit = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^2[23]/.test(error.code);

function takeTogether(ctx: TakeContext, scanner: EnrolledScanner, records: readonly ReadRecord[]): Promise<Uploaded> {
  const { scannerId } = scanner;
  return ctx.db.transaction().execute(async (trx) => {
    await lockRecords(trx, scannerId);
    const sorted = await sortRecords(trx, scanner, records);
    const at = ctx.clock();
    const contradictions = sorted.contradictions.map((one) => ({ ...one, scannerId }));
    await keepContradictions(ctx, trx, contradictions, at);
    if (sorted.news.length > 0) await keepNews(ctx, trx, scannerId, sorted.news, at);
    const taken = [...sorted.known, ...sorted.news.map(({ record }) => record.number)];
    return { taken: [...new Set(taken)], refused: [...sorted.refused] };
  });
}

/** Keeps new records, and what follows from them: one statement for all of them each time. */
async function keepNews(
  ctx: TakeContext,
  trx: Transaction<Database>,
  scannerId: string,
  news: SortedRecords["news"],
  at: Date,
): Promise<void> {
  const decisions = decisionsOf(news);
  await insertRecords(
    trx,
    scannerId,
    news.map(({ record, sha256 }) => ({ number: record.number, kind: record.kind, sha256 })),
    at,
  );
  await insertDecisions(trx, scannerId, decisions);
  const overriding = decisions.filter(({ override }) => override).map(({ shiftId }) => shiftId);
  const decided = [
    ...decisions.map(({ scan }) => scan),
    ...(await selectOverridden(trx, scannerId, [...new Set(overriding)])),
  ];
  const scanned = news.flatMap(({ record }) => (record.kind === "scan" ? [record.number] : []));
  const numbers = [...new Set([...scanned, ...decided])];
  // What was asked about, or is decided on, came before.
  const before = await selectNumbered(trx, scannerId, numbers);
  const named = [...news.map(ticketIdOf), ...before.map(({ ticket_id }) => ticket_id)];
  const ticketIds = [...new Set(named.filter((id) => id !== null))];
  await lockTickets(trx, ticketIds);
  // Each statement from here on sees what those that held a lock before have written.
  const tickets = await selectLocked(trx, ticketIds);
  const epochs = await selectEpochs(trx, ticketIds);
  const askedAt = new Map(before.map(({ number, asked_at }) => [number, asked_at]));
  const sessionOf = new Map(tickets.map((ticket) => [ticket.id, ticket.competition_session_id]));
  const epochsOf = Map.groupBy(epochs, ({ ticket_id }) => ticket_id);

  const ids = newIds(ctx, news.length);
  const found = news.flatMap((one, place): FoundRecord[] => {
    const { record, verified, sha256, accountId } = one;
    if (record.kind !== "scan") return [];
    const ticketId = ticketIdOf(one);
    const session = ticketId === null ? undefined : sessionOf.get(ticketId);
    const isOfThisCompetitionSession = session === record.competitionSessionId;
    const ticket =
      session === undefined ? undefined : { isOfThisCompetitionSession, epochs: epochsOf.get(ticketId ?? "") ?? [] };
    const moments = [new Date(record.at), askedAt.get(record.number) ?? []].flat();
    const isProved = verified?.ok === true && verified.proof === "good";
    return [
      {
        id: ids[place] ?? "",
        record,
        accountId,
        sha256,
        ticketId: verified === null || ticket !== undefined ? ticketId : null,
        codeSha256: record.code === null ? null : hash("sha256", record.code, "buffer"),
        proofSlot: isProved ? (verified.code.proof?.slot ?? null) : null,
        passEpoch: verified?.ok === true ? verified.code.pass.epoch : null,
        finding:
          verified !== null
            ? findCode(ctx, verified, ticket, moments)
            : ticket === undefined
              ? "unknown_ticket"
              : ticket.isOfThisCompetitionSession
                ? "looked_up"
                : "wrong_competition_session",
      },
    ];
  });
  await upsertScans(trx, scannerId, found, at);
  const rows = await settleTickets(ctx, trx, { tickets, epochs, scannerId, numbers, at });
  const odd = new Set(found.filter((one) => isOdd(one, at)).map(({ record }) => record.competitionSessionId));
  for (const competitionSessionId of odd) await keepClockIncident(ctx, trx, { scannerId, competitionSessionId }, at);
  const ticketOf = new Map(
    rows.flatMap(({ scanner_id, number, ticket_id }) =>
      scanner_id === scannerId && ticket_id !== null && sessionOf.has(ticket_id) ? [[number ?? 0, ticket_id]] : [],
    ),
  );
  await writeAuditEntries(trx, ctx, actsOf(scannerId, news, ticketOf));
}

/** Whom a scan names; null where nothing that could be a ticket was read. */
function ticketIdOf({ record, verified }: ReadRecord): string | null {
  if (record.kind !== "scan") return null;
  if (verified === null) return record.ticketId;
  return verified.ok ? verified.code.pass.ticketId : null;
}

/** Whether it tells something of the tablet's clock: see `clockIncidentOf`. */
function isOdd({ record, proofSlot }: FoundRecord, at: Date): boolean {
  const scannedAtMs = Date.parse(record.at);
  const isOff = proofSlot !== null && Math.abs(proofSlot - slotAt(scannedAtMs)) > slotsOff;
  return isOff || scannedAtMs > at.getTime() + aheadMs;
}

/** What people did by hand, for the audit log. */
function actsOf(scannerId: string, news: SortedRecords["news"], ticketOf: ReadonlyMap<number, string>): AuditAct[] {
  return news.flatMap(({ record, accountId: actorId }): AuditAct[] => {
    if (record.kind === "clock") {
      const { correctionMs } = record;
      return [{ action: "gate.clock_corrected", actorId, subjectId: scannerId, details: { correctionMs } }];
    }
    if (record.kind === "scan") return [];
    const { scan, admit, override } = record;
    const subjectId = ticketOf.get(scan);
    const action = override ? "gate.overridden" : "gate.decided_by_hand";
    return [{ action, actorId, ...(subjectId && { subjectId }), details: { scannerId, scan, admit } }];
  });
}
