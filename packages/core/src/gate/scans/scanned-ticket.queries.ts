import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../../catalogue/rows.ts";
import { anyOf } from "../passages/facts.queries.ts";

/** Locks those of some tickets that nobody else has locked, and names the others. */
export async function lockFreeTickets(
  trx: Transaction<Database>,
  ticketIds: readonly string[],
): Promise<{ busy: ReadonlySet<string> }> {
  if (ticketIds.length === 0) return { busy: new Set() };
  const locked = await trx
    .selectFrom("ticket")
    .select("id")
    .where("id", "=", anyOf(ticketIds))
    .orderBy("id")
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  const free = new Set(locked.map(({ id }) => id));
  const missing = ticketIds.filter((id) => !free.has(id));
  if (missing.length === 0) return { busy: new Set() };
  const there = await trx.selectFrom("ticket").select("id").where("id", "=", anyOf(missing)).execute();
  return { busy: new Set(there.map(({ id }) => id)) };
}

/**
 * Reads the tickets that codes name, whatever competition session they are for, with their newest epochs. They are locked by
 * a statement before: one that waited for a lock would join the epoch that there was before.
 */
export async function selectScannedTickets(trx: Transaction<Database>, ticketIds: readonly string[]) {
  if (ticketIds.length === 0) return [];
  return trx
    .selectFrom("ticket")
    .innerJoin("offer", "offer.id", "ticket.offer_id")
    .innerJoin("account", "account.id", "ticket.holder_account_id")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id")
        .onRef("ticket_epoch.epoch", "=", "ticket.epoch"),
    )
    .where("ticket.id", "=", anyOf(ticketIds))
    .select([
      "ticket.id",
      "ticket.reference",
      "ticket.competition_session_id",
      "ticket.state",
      "ticket.blocked_at",
      "ticket.epoch",
      "ticket.zone",
      "ticket.category",
      "ticket.holder_account_id",
      "ticket.holder_name",
      "ticket_epoch.pass_sha256",
      ...offerNameColumns,
      ...competitionSessionColumns.filter((column) => column !== "competition_session.id as competition_session_id"),
      "competition_session.number",
      "account.sealed_account_key",
      "ticket_epoch.sealed_purchase_key",
    ])
    .execute();
}

export type ScannedTicket = Awaited<ReturnType<typeof selectScannedTickets>>[number];

/** Who went in and out with tickets, with the gate, and whose word it is. */
export async function selectPassages(trx: Transaction<Database>, ticketIds: readonly string[]) {
  if (ticketIds.length === 0) return [];
  return trx
    .selectFrom("ticket")
    .innerJoin("passage", (join) =>
      join
        .onRef("passage.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("passage.ticket_id", "=", "ticket.id"),
    )
    .innerJoin("gate", "gate.id", "passage.gate_id")
    .innerJoin("scan", (join) =>
      join
        .onRef("scan.competition_session_id", "=", "passage.competition_session_id")
        .onRef("scan.id", "=", "passage.scan_id"),
    )
    .select([
      "passage.ticket_id",
      "passage.direction",
      "passage.ordinal",
      "passage.at",
      "passage.by_hand",
      "gate.id as gate_id",
      "gate.code as gate_code",
      "gate.name as gate_name",
      "scan.scanner_id",
      "scan.uploaded_at",
    ])
    .where("ticket.id", "=", anyOf(ticketIds))
    .execute();
}

export type PassageRow = Awaited<ReturnType<typeof selectPassages>>[number];

/** Which scan of which tablet. */
export type ScanNumber = { readonly scannerId: string; readonly number: number };

/** What has come of tablets under numbers, by a question or by a record. */
export async function selectScansByNumber(db: Kysely<Database>, numbers: readonly ScanNumber[]) {
  const [scannerIds, ofEach] = [numbers.map(({ scannerId }) => scannerId), numbers.map(({ number }) => number)];
  return db
    .selectFrom("scan")
    .leftJoin("gate", "gate.id", "scan.first_gate_id")
    .select([
      "scan.id",
      "scan.scanner_id",
      "scan.number",
      "scan.competition_session_id",
      "scan.gate_id as scan_gate_id",
      "scan.shift_id",
      "scan.direction",
      "scan.means",
      "scan.ticket_id",
      "scan.code_sha256",
      "scan.scanned_at",
      "scan.received_at",
      "scan.outcome",
      "scan.reason",
      "scan.shown",
      "scan.tablet_outcome",
      "scan.tablet_reason",
      "scan.first_at",
      "gate.id as gate_id",
      "gate.code as gate_code",
      "gate.name as gate_name",
    ])
    .where(
      sql<boolean>`(scan.scanner_id, scan.number) in (select * from unnest(${scannerIds}::uuid[], ${ofEach}::int[]))`,
    )
    .execute();
}

export type StoredScan = Awaited<ReturnType<typeof selectScansByNumber>>[number];
