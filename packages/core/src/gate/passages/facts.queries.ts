import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";
import type { EpochRow } from "../scans/find-code.ts";

/** Equal to one of these. */
export const anyOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`;

/** Locks tickets until the transaction ends, in the order of their ids; those that there are. */
export async function lockTickets(trx: Transaction<Database>, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await trx
    .selectFrom("ticket")
    .select("id")
    .where("id", "=", anyOf(ticketIds))
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Locked tickets, with how their gates work. */
export async function selectLocked(trx: Transaction<Database>, ticketIds: readonly string[]) {
  if (ticketIds.length === 0) return [];
  return trx
    .selectFrom("ticket")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .leftJoin("gate_policy", "gate_policy.competition_session_id", "ticket.competition_session_id")
    .select([
      "ticket.id",
      "ticket.competition_session_id",
      "ticket.state",
      "ticket.epoch",
      "competition_session.state as competition_session_state",
      "gate_policy.reentry",
    ])
    .where("ticket.id", "=", anyOf(ticketIds))
    .execute();
}

export type LockedTicket = Awaited<ReturnType<typeof selectLocked>>[number];

/** Every epoch of tickets, with the keys of whoever held them then. */
export async function selectEpochs(trx: Transaction<Database>, ticketIds: readonly string[]): Promise<EpochRow[]> {
  if (ticketIds.length === 0) return [];
  return trx
    .selectFrom("ticket")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id"),
    )
    .innerJoin("account", "account.id", "ticket_epoch.holder_account_id")
    .select([
      "ticket_epoch.ticket_id",
      "ticket_epoch.epoch",
      "ticket_epoch.created_at",
      "ticket_epoch.holder_account_id",
      "ticket_epoch.pass_sha256",
      "ticket_epoch.sealed_purchase_key",
      "account.sealed_account_key",
    ])
    .where("ticket.id", "=", anyOf(ticketIds))
    .execute();
}

/** When tickets were blocked, unblocked and cancelled, the oldest first. */
export async function selectBarring(trx: Transaction<Database>, ticketIds: readonly string[]) {
  if (ticketIds.length === 0) return [];
  return trx
    .selectFrom("ticket")
    .innerJoin("ticket_event", (join) =>
      join
        .onRef("ticket_event.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_event.ticket_id", "=", "ticket.id"),
    )
    .select(["ticket_event.ticket_id", "ticket_event.kind", "ticket_event.at"])
    .where("ticket.id", "=", anyOf(ticketIds))
    .where("ticket_event.kind", "in", ["blocked", "unblocked", "cancelled"])
    .orderBy("ticket_event.at")
    .orderBy("ticket_event.id")
    .execute();
}

/**
 * Every scan of these tickets, and some of a tablet by number, each with the newest decision about it. Of an override,
 * whether its shift had one left: its place among all of the shift's, in the order of their numbers.
 */
export async function selectScanFacts(
  trx: Transaction<Database>,
  of: { ticketIds: readonly string[]; scannerId: string; numbers: readonly number[] },
) {
  return trx
    .selectFrom("scan")
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom("scan_decision as made")
          .innerJoin("shift", "shift.id", "made.shift_id")
          .whereRef("made.scanner_id", "=", "scan.scanner_id")
          .whereRef("made.scan_number", "=", "scan.number")
          .select(["made.number", "made.admit", "made.override", "made.shift_id", "made.note", "made.decided_at"])
          .select(
            sql<boolean>`made.override and (
              select count(*) from scan_decision as every
              where every.scanner_id = made.scanner_id and every.shift_id = made.shift_id and every.override
                and every.number <= made.number) <= shift.overrides`.as("allowed"),
          )
          .orderBy("made.number", "desc")
          .limit(1)
          .as("decision"),
      (join) => join.onTrue(),
    )
    .select([
      "scan.id",
      "scan.competition_session_id",
      "scan.scanner_id",
      "scan.number",
      "scan.gate_id",
      "scan.direction",
      "scan.ticket_id",
      sql<string | null>`encode(scan.code_sha256, 'hex')`.as("code_sha256"),
      "scan.scanned_at",
      "scan.received_at",
      "scan.asked_at",
      "scan.uploaded_at",
      "scan.outcome",
      "scan.shown",
      "scan.finding",
      "scan.proof_slot",
      "scan.pass_epoch",
      "scan.through",
      "scan.decided_at as stored_decided_at",
      "scan.decided_admit as stored_admit",
      "scan.decided_override as stored_override",
      "decision.number as decision_number",
      "decision.admit",
      "decision.override",
      "decision.allowed",
      "decision.shift_id as decided_shift_id",
      "decision.note",
      "decision.decided_at",
    ])
    .where((eb) =>
      eb.or([
        eb("scan.ticket_id", "=", anyOf(of.ticketIds)),
        eb.and([
          eb("scan.scanner_id", "=", of.scannerId),
          eb("scan.number", "=", sql<number>`any(${[...of.numbers]}::integer[])`),
        ]),
      ]),
    )
    .execute();
}

export type ScanFactsRow = Awaited<ReturnType<typeof selectScanFacts>>[number];

export async function selectPassagesOf(trx: Transaction<Database>, ticketIds: readonly string[]) {
  if (ticketIds.length === 0) return [];
  return trx
    .selectFrom("ticket")
    .innerJoin("passage", (join) =>
      join
        .onRef("passage.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("passage.ticket_id", "=", "ticket.id"),
    )
    .select(["passage.ticket_id", "passage.scan_id", "passage.direction", "passage.ordinal", "passage.by_hand"])
    .where("ticket.id", "=", anyOf(ticketIds))
    .execute();
}

export type StoredPassage = Awaited<ReturnType<typeof selectPassagesOf>>[number];

/** Writes what people decided, and whether somebody went through, of scans of which that is news. */
export async function updateDecided(
  trx: Transaction<Database>,
  scans: readonly { row: ScanFactsRow; through: boolean }[],
): Promise<void> {
  if (scans.length === 0) return;
  const rows = scans.map(({ row, through }) => ({
    competition_session_id: row.competition_session_id,
    id: row.id,
    through,
    admit: row.admit,
    override: row.override,
    shift_id: row.decided_shift_id,
    note: row.note,
    at: row.decided_at,
  }));
  await sql`
    update scan set through = news.through, decided_admit = news.admit, decided_override = news.override,
      decided_shift_id = news.shift_id, decided_note = news.note, decided_at = news.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as news (competition_session_id uuid, id uuid,
      through boolean, admit boolean, override boolean, shift_id uuid, note text, at timestamptz)
    where scan.competition_session_id = news.competition_session_id and scan.id = news.id`.execute(trx);
}

export async function deletePassages(
  trx: Transaction<Database>,
  passages: readonly { competitionSessionId: string; scanId: string }[],
): Promise<void> {
  if (passages.length === 0) return;
  await sql`
    delete from passage using unnest(${passages.map((one) => one.competitionSessionId)}::uuid[],
      ${passages.map((one) => one.scanId)}::uuid[]) as gone (competition_session_id, scan_id)
    where passage.competition_session_id = gone.competition_session_id and passage.scan_id = gone.scan_id`.execute(trx);
}

export async function insertPassages(
  trx: Transaction<Database>,
  passages: readonly {
    competitionSessionId: string;
    ticketId: string;
    direction: string;
    ordinal: number;
    scanId: string;
    gateId: string;
    atMs: number;
    byHand: boolean;
  }[],
): Promise<void> {
  if (passages.length === 0) return;
  await trx
    .insertInto("passage")
    .values(
      passages.map((one) => ({
        competition_session_id: one.competitionSessionId,
        ticket_id: one.ticketId,
        direction: one.direction,
        ordinal: one.ordinal,
        scan_id: one.scanId,
        gate_id: one.gateId,
        at: new Date(one.atMs),
        by_hand: one.byHand,
      })),
    )
    .execute();
}
