import type { ScanQuestion } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { ScanNumber } from "./scanned-ticket.queries.ts";

/** A scan that was asked about, as it is kept. */
export type AskedScan = {
  id: string;
  scannerId: string;
  accountId: string;
  question: ScanQuestion;
  ticketId: string | null;
  codeSha256: Buffer | null;
  proofSlot: number | null;
  passEpoch: number | null;
  outcome: string;
  reason: string;
  finding: string | null;
  through: boolean;
  first: { at: Date; gate: { id: string } } | null;
  now: Date;
};

/** Keeps scans, and gives those that it kept: of the others one with their number came in between. */
export async function insertAskedScans(
  trx: Transaction<Database>,
  scans: readonly AskedScan[],
): Promise<readonly ScanNumber[]> {
  if (scans.length === 0) return [];
  const kept = await trx
    .insertInto("scan")
    .values(
      scans.map(({ question, first, now, ...scan }) => ({
        competition_session_id: question.competitionSessionId,
        id: scan.id,
        scanner_id: scan.scannerId,
        number: question.number,
        shift_id: question.shiftId,
        account_id: scan.accountId,
        gate_id: question.gateId,
        direction: question.direction,
        means: question.means,
        ticket_id: scan.ticketId,
        code_sha256: scan.codeSha256,
        proof_slot: scan.proofSlot,
        pass_epoch: scan.passEpoch,
        outcome: scan.outcome,
        reason: scan.reason,
        finding: scan.finding,
        through: scan.through,
        first_at: first?.at ?? null,
        first_gate_id: first?.gate.id ?? null,
        asked_at: now,
        scanned_at: new Date(question.at),
        received_at: now,
      })),
    )
    .onConflict((conflict) => conflict.constraint("scan_number_key").doNothing())
    .returning(["scanner_id", "number"])
    .execute();
  return kept.flatMap(({ scanner_id: scannerId, number }) =>
    scannerId === null || number === null ? [] : [{ scannerId, number }],
  );
}

/** Somebody went in or out by a scan. */
export type NewPassage = {
  competitionSessionId: string;
  ticketId: string;
  direction: string;
  ordinal: number;
  scanId: string;
  gateId: string;
  at: Date;
};

/** Writes who went in or out; unique by ticket, direction and ordinal, whoever else tries at the same moment. */
export async function insertPassages(trx: Transaction<Database>, passages: readonly NewPassage[]): Promise<void> {
  if (passages.length === 0) return;
  await trx
    .insertInto("passage")
    .values(
      passages.map((passage) => ({
        competition_session_id: passage.competitionSessionId,
        ticket_id: passage.ticketId,
        direction: passage.direction,
        ordinal: passage.ordinal,
        scan_id: passage.scanId,
        gate_id: passage.gateId,
        at: passage.at,
      })),
    )
    .execute();
}
