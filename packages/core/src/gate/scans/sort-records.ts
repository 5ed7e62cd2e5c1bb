import { hash } from "node:crypto";
import type { DecisionRecord, ScanRecord } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { EnrolledScanner } from "../scanners/scanner.ts";
import type { ReadRecord, Refused } from "./read-records.ts";
import { selectFormer, selectNumbered, selectPlaces, selectShifts, selectTaken } from "./records.queries.ts";

/** What a tablet said under a number that stands for something else already. */
export type Contradiction = {
  readonly number: number;
  readonly competitionSessionId: string;
  /** The scan that stands under the number, if it is one of this competition session. */
  readonly scanId: string | null;
};

export type SortedRecords = {
  /** Not known before. */
  readonly news: readonly (ReadRecord & { readonly accountId: string })[];
  /** Numbers that were taken before. */
  readonly known: readonly number[];
  readonly refused: readonly Refused[];
  readonly contradictions: readonly Contradiction[];
};

/** Sorts an upload by what is known of its tablet: what is new, what came before, and what cannot be taken. */
export async function sortRecords(
  trx: Transaction<Database>,
  { scannerId, competitionSessionIds }: EnrolledScanner,
  records: readonly ReadRecord[],
): Promise<SortedRecords> {
  const numbers = records.map(({ record }) => record.number);
  const taken = new Map((await selectTaken(trx, scannerId, numbers)).map(({ number, sha256 }) => [number, sha256]));
  const scans = new Map((await selectNumbered(trx, scannerId, numbers)).map((row) => [row.number ?? 0, row]));
  const shiftIds = records.map(({ record }) => record.shiftId);
  const shifts = new Map((await selectShifts(trx, scannerId, shiftIds)).map((row) => [row.id, row.account_id]));
  const scanned = records.flatMap(({ record }) => (record.kind === "scan" ? [record] : []));
  const places = new Set(
    (
      await selectPlaces(trx, {
        competitionSessionIds: scanned.map((record) => record.competitionSessionId),
        gateIds: scanned.map((record) => record.gateId),
      })
    ).map((row) => `${row.competition_session_id} ${row.gate_id}`),
  );
  const isForAll = scanned.every((record) => competitionSessionIds.includes(record.competitionSessionId));
  // Assigned to others since, a tablet may still have what it scanned before, or before it heard of that.
  const former = isForAll ? [] : await selectFormer(trx, scannerId);
  const assigned = new Set([...competitionSessionIds, ...former]);

  const news: SortedRecords["news"][number][] = [];
  const known: number[] = [];
  const refused: Refused[] = [];
  const contradictions: Contradiction[] = [];
  for (const one of records) {
    const { index, record, sha256 } = one;
    const { number } = record;
    const before = taken.get(number);
    const scan = scans.get(number);
    const accountId = shifts.get(record.shiftId);
    if (before?.equals(sha256) === true) {
      known.push(number);
      continue;
    }
    if (before !== undefined || (scan !== undefined && !isSameScan(scan, record))) {
      const competitionSessionId = scan?.competition_session_id ?? competitionSessionIds[0];
      // Where a tablet is for nothing, nobody looks.
      if (competitionSessionId !== undefined) {
        contradictions.push({ number, competitionSessionId, scanId: scan?.id ?? null });
      }
      refused.push({ index, why: "contradicts" });
    } else if (accountId === undefined) {
      refused.push({ index, why: "unknown_shift" });
    } else if (record.kind === "scan" && !(assigned.has(record.competitionSessionId) && places.has(placeOf(record)))) {
      refused.push({ index, why: "not_assigned" });
    } else {
      news.push({ ...one, accountId });
      taken.set(number, sha256);
    }
  }
  return { news, known, refused, contradictions };
}

const placeOf = ({ competitionSessionId, gateId }: ScanRecord): string => `${competitionSessionId} ${gateId}`;

type Numbered = Awaited<ReturnType<typeof selectNumbered>>[number];

/** Whether a record is of the scan that was asked about under its number. */
function isSameScan(scan: Numbered, record: ReadRecord["record"]): boolean {
  if (record.kind !== "scan") return false;
  const { code } = record;
  return (
    scan.competition_session_id === record.competitionSessionId &&
    scan.gate_id === record.gateId &&
    scan.direction === record.direction &&
    (code !== null || scan.ticket_id === record.ticketId) &&
    (code === null ? scan.code_sha256 === null : scan.code_sha256?.equals(hash("sha256", code, "buffer")) === true)
  );
}

export const decisionsOf = (news: SortedRecords["news"]): DecisionRecord[] =>
  news.flatMap(({ record }) => (record.kind === "decision" ? [record] : []));
