import type { ScanQuestion } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";

/** Keeps a scan that was asked about; false if one with its number came in between. */
export async function insertAskedScan(
  trx: Transaction<Database>,
  scan: {
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
  },
): Promise<boolean> {
  const { question, first, now } = scan;
  const inserted = await trx
    .insertInto("scan")
    .values({
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
    })
    .onConflict((conflict) => conflict.constraint("scan_number_key").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Writes that somebody went in or out; unique by ticket, direction and ordinal, whoever else tries at the same moment. */
export async function insertPassage(
  trx: Transaction<Database>,
  passage: {
    competitionSessionId: string;
    ticketId: string;
    direction: string;
    ordinal: number;
    scanId: string;
    gateId: string;
    at: Date;
  },
): Promise<void> {
  const { competitionSessionId, ticketId, direction, ordinal, scanId, gateId, at } = passage;
  await trx
    .insertInto("passage")
    .values({
      competition_session_id: competitionSessionId,
      ticket_id: ticketId,
      direction,
      ordinal,
      scan_id: scanId,
      gate_id: gateId,
      at,
    })
    .execute();
}
