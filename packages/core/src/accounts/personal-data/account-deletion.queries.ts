import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { unpaidStates } from "../../sales/order.ts";

/** Whether money may be on its way. */
export async function hasOpenPayment(db: Kysely<Database>, accountId: string): Promise<boolean> {
  const open = await db
    .selectFrom("payment")
    .innerJoin("order", "order.id", "payment.order_id")
    .select("payment.id")
    .where("order.account_id", "=", accountId)
    .where("payment.state", "=", "pending")
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

/** Orders whose seats are held without being paid. */
export async function selectUnpaidOrderIds(db: Kysely<Database>, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("order")
    .select("id")
    .where("account_id", "=", accountId)
    .where("state", "in", unpaidStates)
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

const ticketsToCome = (db: Kysely<Database>, accountId: string, now: Date) =>
  db
    .selectFrom("ticket")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .select(["ticket.id", "ticket.competition_session_id as competitionSessionId", "ticket.state", "ticket.epoch"])
    .where("ticket.holder_account_id", "=", accountId)
    .where("ticket.state", "=", "issued")
    .where("competition_session.ends_at", ">", now);

export type TicketToCome = { id: string; competitionSessionId: string; state: string; epoch: number };

/** Unused tickets for competition sessions that are not over. */
export async function selectTicketsToCome(db: Kysely<Database>, accountId: string, now: Date): Promise<TicketToCome[]> {
  return ticketsToCome(db, accountId, now).execute();
}

/**
 * Takes the person out of every row and leaves what accounting keeps. A trigger erases the account key with `deleted_at`:
 * what was sealed by it stays closed for ever.
 */
export async function anonymise(
  trx: Transaction<Database>,
  { accountId, email, deletedAt }: { accountId: string; email: string; deletedAt: Date },
): Promise<void> {
  await trx.updateTable("ticket").set({ holder_name: nobody }).where("holder_account_id", "=", accountId).execute();
  await trx
    .updateTable("ticket")
    .set({ block_note: nobody })
    .where("holder_account_id", "=", accountId)
    .where("block_note", "is not", null)
    .execute();
  await forgetGateNotes(trx, accountId);
  await trx
    .updateTable("hand_over")
    .set({ from_name: null, to_email: null })
    .where("from_account_id", "=", accountId)
    .execute();
  await trx
    .updateTable("hand_over")
    .set({ to_email: null })
    .where((eb) => eb.or([eb("to_account_id", "=", accountId), eb("to_email", "=", email)]))
    .execute();
  const owned = [
    "totp_factor",
    "totp_enrolment",
    "passkey",
    "recovery_code",
    "webauthn_challenge",
    "factor_reset",
    "auth_session",
    "mail_token",
    "email_change",
    "activation_challenge",
  ] as const;
  for (const table of owned) await trx.deleteFrom(table).where("account_id", "=", accountId).execute();
  // What somebody began with this address: nobody may find it here any more.
  await trx.deleteFrom("registration").where("email", "=", email).execute();
  await trx.deleteFrom("email_change").where("new_email", "=", email).execute();
  await trx
    .updateTable("account")
    .set({
      email: `deleted-${accountId}@deleted.invalid`,
      display_name: nobody,
      password_hash: null,
      deleted_at: deletedAt,
    })
    .where("id", "=", accountId)
    .execute();
}

const nobody = "—";

/** What was written at the gates about whoever holds these tickets: with the scans, and with the decisions that came. */
async function forgetGateNotes(trx: Transaction<Database>, accountId: string): Promise<void> {
  const theirs = trx.selectFrom("ticket").select("id").where("holder_account_id", "=", accountId);
  await trx
    .updateTable("scan_decision")
    .from("scan")
    .set({ note: nobody })
    .whereRef("scan_decision.scanner_id", "=", "scan.scanner_id")
    .whereRef("scan_decision.scan_number", "=", "scan.number")
    .where("scan.ticket_id", "in", theirs)
    .where("scan_decision.note", "is not", null)
    .execute();
  await trx
    .updateTable("scan")
    .set({ decided_note: nobody })
    .where("ticket_id", "in", theirs)
    .where("decided_note", "is not", null)
    .execute();
}
