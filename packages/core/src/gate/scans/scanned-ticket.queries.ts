import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../../catalogue/rows.ts";

/** The competition session, gate and shift that a tablet names; gate and shift only where they fit. */
export async function selectPlace(
  db: Kysely<Database>,
  asked: { competitionSessionId: string; gateId: string; shiftId: string; scannerId: string },
) {
  return db
    .selectFrom("competition_session")
    .leftJoin("gate", (join) =>
      join.onRef("gate.venue_id", "=", "competition_session.venue_id").on("gate.id", "=", asked.gateId),
    )
    .leftJoin("shift", (join) => join.on("shift.id", "=", asked.shiftId).on("shift.scanner_id", "=", asked.scannerId))
    .select([
      "competition_session.id",
      "competition_session.number",
      "competition_session.state",
      "competition_session.starts_at",
      "competition_session.ends_at",
      "gate.zones",
      "shift.account_id",
      "shift.ends_at as shift_ends_at",
      "shift.ended_at as shift_ended_at",
    ])
    .where("competition_session.id", "=", asked.competitionSessionId)
    .executeTakeFirst();
}

/**
 * Locks the ticket that a code names, whatever competition session it is for, and reads it with its newest epoch. Two
 * statements: one that waited for the lock would join the epoch that there was before.
 */
export async function lockScannedTicket(trx: Transaction<Database>, ticketId: string) {
  await trx.selectFrom("ticket").select("id").where("id", "=", ticketId).forNoKeyUpdate().execute();
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
    .where("ticket.id", "=", ticketId)
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
    .executeTakeFirst();
}

export type ScannedTicket = NonNullable<Awaited<ReturnType<typeof lockScannedTicket>>>;

/** Who went in and out with a ticket, with the gate, and whose word it is. */
export async function selectPassages(
  trx: Transaction<Database>,
  { competitionSessionId, ticketId }: { competitionSessionId: string; ticketId: string },
) {
  return trx
    .selectFrom("passage")
    .innerJoin("gate", "gate.id", "passage.gate_id")
    .innerJoin("scan", (join) =>
      join
        .onRef("scan.competition_session_id", "=", "passage.competition_session_id")
        .onRef("scan.id", "=", "passage.scan_id"),
    )
    .select([
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
    .where("passage.competition_session_id", "=", competitionSessionId)
    .where("passage.ticket_id", "=", ticketId)
    .execute();
}

export type PassageRow = Awaited<ReturnType<typeof selectPassages>>[number];

/** What has come of a tablet under a number, by a question or by its record. */
export async function selectScanByNumber(
  db: Kysely<Database>,
  { scannerId, number }: { scannerId: string; number: number },
) {
  return db
    .selectFrom("scan")
    .leftJoin("gate", "gate.id", "scan.first_gate_id")
    .select([
      "scan.id",
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
    .where("scan.scanner_id", "=", scannerId)
    .where("scan.number", "=", number)
    .executeTakeFirst();
}

export type StoredScan = NonNullable<Awaited<ReturnType<typeof selectScanByNumber>>>;
