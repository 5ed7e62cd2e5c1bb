import type { DecisionRecord, ScanRecord } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";
import type { Finding } from "./went-through.ts";

/** One upload of a tablet at a time, until the transaction ends: what came under a number is known to the next. */
export async function lockRecords(trx: Transaction<Database>, scannerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tessera/records/${scannerId}`}, 0))`.execute(trx);
}

/** What has been taken under these numbers. */
export async function selectTaken(trx: Transaction<Database>, scannerId: string, numbers: readonly number[]) {
  return trx
    .selectFrom("scanner_record")
    .select(["number", "sha256"])
    .where("scanner_id", "=", scannerId)
    .where("number", "=", sql<number>`any(${[...numbers]}::integer[])`)
    .execute();
}

/** The shifts among these that are of this tablet, over or not. */
export async function selectShifts(trx: Transaction<Database>, scannerId: string, shiftIds: readonly string[]) {
  return trx
    .selectFrom("shift")
    .select(["id", "account_id"])
    .where("scanner_id", "=", scannerId)
    .where("id", "=", sql<string>`any(${[...shiftIds]}::uuid[])`)
    .execute();
}

/** Which of these gates are of the venues of which of these competition sessions. */
export async function selectPlaces(
  trx: Transaction<Database>,
  { competitionSessionIds, gateIds }: { competitionSessionIds: readonly string[]; gateIds: readonly string[] },
) {
  return trx
    .selectFrom("competition_session")
    .innerJoin("gate", "gate.venue_id", "competition_session.venue_id")
    .select(["competition_session.id as competition_session_id", "gate.id as gate_id"])
    .where("competition_session.id", "=", sql<string>`any(${[...competitionSessionIds]}::uuid[])`)
    .where("gate.id", "=", sql<string>`any(${[...gateIds]}::uuid[])`)
    .execute();
}

/** Which competition sessions a tablet was for before. */
export async function selectFormer(trx: Transaction<Database>, scannerId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom("scanner_former_competition_session")
    .select("competition_session_id")
    .where("scanner_id", "=", scannerId)
    .execute();
  return rows.map(({ competition_session_id }) => competition_session_id);
}

/** The scans of a tablet under these numbers, by question or by record. */
export async function selectNumbered(trx: Transaction<Database>, scannerId: string, numbers: readonly number[]) {
  return trx
    .selectFrom("scan")
    .select(["id", "number", "ticket_id", "competition_session_id", "gate_id", "direction", "code_sha256", "asked_at"])
    .where("scanner_id", "=", scannerId)
    .where("number", "=", sql<number>`any(${[...numbers]}::integer[])`)
    .execute();
}

/** Every scan about which these shifts made an override: whether one of them was allowed depends on the others. */
export async function selectOverridden(
  trx: Transaction<Database>,
  scannerId: string,
  shiftIds: readonly string[],
): Promise<number[]> {
  if (shiftIds.length === 0) return [];
  const rows = await trx
    .selectFrom("scan_decision")
    .select("scan_number")
    .distinct()
    .where("scanner_id", "=", scannerId)
    .where("shift_id", "in", shiftIds)
    .where("override", "=", true)
    .execute();
  return rows.map(({ scan_number }) => scan_number);
}

export async function insertRecords(
  trx: Transaction<Database>,
  scannerId: string,
  records: readonly { number: number; kind: string; sha256: Buffer }[],
  at: Date,
): Promise<void> {
  await sql`
    insert into scanner_record (scanner_id, number, kind, sha256, received_at)
    select ${scannerId}, number, kind, sha256, ${at}
    from unnest(${records.map(({ number }) => number)}::integer[], ${records.map(({ kind }) => kind)}::text[],
      ${records.map(({ sha256 }) => sha256)}::bytea[]) as record (number, kind, sha256)`.execute(trx);
}

export async function insertDecisions(
  trx: Transaction<Database>,
  scannerId: string,
  decisions: readonly DecisionRecord[],
): Promise<void> {
  if (decisions.length === 0) return;
  await trx
    .insertInto("scan_decision")
    .values(
      decisions.map(({ scan, number, shiftId, admit, override, note, at }) => ({
        scanner_id: scannerId,
        scan_number: scan,
        number,
        shift_id: shiftId,
        admit,
        override,
        note,
        decided_at: new Date(at),
      })),
    )
    .execute();
}

/** A scan's record, with what the server found of its code. */
export type FoundRecord = {
  id: string;
  record: ScanRecord;
  accountId: string;
  sha256: Buffer;
  ticketId: string | null;
  codeSha256: Buffer | null;
  proofSlot: number | null;
  passEpoch: number | null;
  finding: Finding;
};

/** Keeps the records of scans, also of those that were asked about before; what people decided comes after. */
export async function upsertScans(
  trx: Transaction<Database>,
  scannerId: string,
  scans: readonly FoundRecord[],
  at: Date,
): Promise<void> {
  if (scans.length === 0) return;
  const rows = scans.map(({ record, ...found }) => ({
    competition_session_id: record.competitionSessionId,
    id: found.id,
    number: record.number,
    shift_id: record.shiftId,
    account_id: found.accountId,
    gate_id: record.gateId,
    direction: record.direction,
    means: record.means,
    ticket_id: found.ticketId,
    code_sha256: found.codeSha256?.toString("hex") ?? null,
    record_sha256: found.sha256.toString("hex"),
    proof_slot: found.proofSlot,
    pass_epoch: found.passEpoch,
    finding: found.finding,
    tablet_outcome: record.outcome,
    tablet_reason: record.reason,
    shown: record.shown,
    confirmed: record.confirmed,
    list_number: record.listNumber,
    cut_off: record.cutOff,
    clock_in_doubt: record.clockInDoubt,
    scanned_at: record.at,
    through: record.shown === "admit",
  }));
  await sql`
    insert into scan (competition_session_id, id, scanner_id, number, shift_id, account_id, gate_id, direction, means,
      ticket_id, code_sha256, record_sha256, proof_slot, pass_epoch, finding, tablet_outcome, tablet_reason, shown,
      confirmed, list_number, cut_off, clock_in_doubt, scanned_at, through, uploaded_at, received_at)
    select competition_session_id, id, ${scannerId}, number, shift_id, account_id, gate_id, direction, means,
      ticket_id, decode(code_sha256, 'hex'), decode(record_sha256, 'hex'), proof_slot, pass_epoch, finding,
      tablet_outcome, tablet_reason, shown, confirmed, list_number, cut_off, clock_in_doubt, scanned_at, through, ${at},
      ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as record (competition_session_id uuid, id uuid,
      number integer, shift_id uuid, account_id uuid, gate_id uuid, direction text, means text, ticket_id uuid,
      code_sha256 text, record_sha256 text, proof_slot bigint, pass_epoch integer, finding text, tablet_outcome text,
      tablet_reason text, shown text, confirmed boolean, list_number bigint, cut_off boolean, clock_in_doubt boolean,
      scanned_at timestamptz, through boolean)
    on conflict on constraint scan_number_key do update set ticket_id = excluded.ticket_id,
      uploaded_at = excluded.uploaded_at, record_sha256 = excluded.record_sha256, proof_slot = excluded.proof_slot,
      pass_epoch = excluded.pass_epoch, finding = excluded.finding, tablet_outcome = excluded.tablet_outcome,
      tablet_reason = excluded.tablet_reason, shown = excluded.shown, confirmed = excluded.confirmed,
      list_number = excluded.list_number, cut_off = excluded.cut_off, clock_in_doubt = excluded.clock_in_doubt`.execute(
    trx,
  );
}
