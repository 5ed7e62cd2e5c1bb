import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../catalogue/rows.ts";

const gateColumns = ["gate.id as gate_id", "gate.code as gate_code", "gate.name as gate_name"] as const;

/** Every competition session with the gates of its venue, a row for each gate. */
export async function selectCompetitionSessionsWithGates(db: Kysely<Database>) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .innerJoin("gate", "gate.venue_id", "venue.id")
    .select([...competitionSessionColumns, ...gateColumns])
    .orderBy("competition_session.starts_at")
    .orderBy("competition_session.code")
    .orderBy("gate.code")
    .execute();
}

export async function selectCompetitionSession(db: Kysely<Database>, competitionSessionId: string) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([...competitionSessionColumns, "competition_session.number", "competition_session.venue_id"])
    .where("competition_session.id", "=", competitionSessionId)
    .executeTakeFirst();
}

export async function selectGates(db: Kysely<Database>, venueId: string) {
  return db
    .selectFrom("gate")
    .select([...gateColumns, "gate.zones"])
    .where("venue_id", "=", venueId)
    .orderBy("code")
    .execute();
}

const ticketColumns = [
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
] as const;

/** Tickets with the pass of their epoch and their first admission. */
export async function selectListedTickets(db: Kysely<Database>, competitionSessionId: string) {
  return db
    .selectFrom("ticket")
    .innerJoin("offer", "offer.id", "ticket.offer_id")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id")
        .onRef("ticket_epoch.epoch", "=", "ticket.epoch"),
    )
    .leftJoin("admission", (join) =>
      join
        .onRef("admission.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("admission.ticket_id", "=", "ticket.id")
        .on("admission.entry_number", "=", 1),
    )
    .leftJoin("gate", "gate.id", "admission.gate_id")
    .where("ticket.competition_session_id", "=", competitionSessionId)
    .select([...ticketColumns, ...offerNameColumns, "admission.admitted_at", ...gateColumns])
    .orderBy("ticket.id")
    .execute();
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
      ...ticketColumns,
      ...offerNameColumns,
      ...competitionSessionColumns.filter((column) => column !== "competition_session.id as competition_session_id"),
      "competition_session.number",
      "account.sealed_account_key",
      "ticket_epoch.sealed_purchase_key",
    ])
    .executeTakeFirst();
}

export async function selectAdmissions(
  trx: Transaction<Database>,
  { competitionSessionId, ticketId }: { competitionSessionId: string; ticketId: string },
) {
  return trx
    .selectFrom("admission")
    .innerJoin("gate", "gate.id", "admission.gate_id")
    .select(["admission.entry_number", "admission.admitted_at", ...gateColumns])
    .where("admission.competition_session_id", "=", competitionSessionId)
    .where("admission.ticket_id", "=", ticketId)
    .orderBy("admission.entry_number")
    .execute();
}

/** The scan that a tablet made under this nonce, if it has arrived before. */
export async function selectScanByNonce(
  db: Kysely<Database>,
  { competitionSessionId, nonce }: { competitionSessionId: string; nonce: string },
) {
  return db
    .selectFrom("scan")
    .leftJoin("gate", "gate.id", "scan.first_gate_id")
    .select(["scan.ticket_id", "scan.outcome", "scan.reason", "scan.code_sha256", "scan.first_at", "scan.received_at"])
    .select(gateColumns)
    .where("scan.competition_session_id", "=", competitionSessionId)
    .where("scan.nonce", "=", nonce)
    .executeTakeFirst();
}

/** Keeps a scan; false if one with its nonce came in between. */
export async function insertScan(
  trx: Transaction<Database>,
  scan: {
    competitionSessionId: string;
    id: string;
    nonce: string;
    ticketId: string | null;
    gateId: string;
    accountId: string;
    outcome: string;
    reason: string;
    codeSha256: Buffer;
    first: { at: Date; gateId: string } | null;
    scannedAt: Date;
    receivedAt: Date;
  },
): Promise<boolean> {
  const inserted = await trx
    .insertInto("scan")
    .values({
      competition_session_id: scan.competitionSessionId,
      id: scan.id,
      nonce: scan.nonce,
      ticket_id: scan.ticketId,
      gate_id: scan.gateId,
      account_id: scan.accountId,
      outcome: scan.outcome,
      reason: scan.reason,
      code_sha256: scan.codeSha256,
      first_at: scan.first?.at ?? null,
      first_gate_id: scan.first?.gateId ?? null,
      scanned_at: scan.scannedAt,
      received_at: scan.receivedAt,
    })
    .onConflict((conflict) => conflict.constraint("scan_nonce_key").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Writes an admission; unique by ticket and entry number, whoever else tries at the same moment. */
export async function insertAdmission(
  trx: Transaction<Database>,
  admission: { competitionSessionId: string; ticketId: string; scanId: string; gateId: string; at: Date },
): Promise<void> {
  const { competitionSessionId, ticketId } = admission;
  await trx
    .insertInto("admission")
    .values({
      competition_session_id: competitionSessionId,
      ticket_id: ticketId,
      entry_number: 1,
      scan_id: admission.scanId,
      gate_id: admission.gateId,
      admitted_at: admission.at,
    })
    .execute();
}
