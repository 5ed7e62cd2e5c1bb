import type { HandOverState, MailTicket } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { competitionSessionColumns, offerNameColumns } from "../../catalogue/rows.ts";

const columns = [
  "hand_over.id",
  "hand_over.ticket_id",
  "hand_over.from_account_id",
  "hand_over.from_name",
  "hand_over.to_email",
  "hand_over.to_account_id",
  "hand_over.state",
  "hand_over.expires_at",
] as const;

export type HandOverRow = Awaited<ReturnType<typeof selectHandOvers>>[number];

export async function selectHandOvers(db: Kysely<Database>, ids: readonly string[]) {
  return db.selectFrom("hand_over").select(columns).where("id", "in", ids).orderBy("id").execute();
}

/** What tickets are offered now, one offer a ticket at most. */
export async function selectOpenHandOvers(trx: Transaction<Database>, ticketIds: readonly string[]) {
  return trx
    .selectFrom("hand_over")
    .select(columns)
    .where("ticket_id", "in", ticketIds)
    .where("state", "=", "offered")
    .orderBy("id")
    .execute();
}

/** Tickets that an account offers, or that are offered to its address. */
export async function selectTicketsOnTheirWay(
  trx: Transaction<Database>,
  { accountId, email }: { accountId: string; email: string },
): Promise<string[]> {
  const rows = await trx
    .selectFrom("hand_over")
    .select("ticket_id")
    .where("state", "=", "offered")
    .where((eb) => eb.or([eb("from_account_id", "=", accountId), eb("to_email", "=", email)]))
    .execute();
  return rows.map(({ ticket_id: ticketId }) => ticketId);
}

/** Open offers whose time is up, or of competition sessions that start before a moment; of some, or of all. */
export async function selectDueHandOvers(
  db: Kysely<Database>,
  { now, startingBefore, limit, ids }: { now: Date; startingBefore: Date; limit: number; ids?: readonly string[] },
) {
  return db
    .selectFrom("hand_over")
    .innerJoin("competition_session", "competition_session.id", "hand_over.competition_session_id")
    .select(columns)
    .where("hand_over.state", "=", "offered")
    .where((eb) =>
      eb.or([eb("hand_over.expires_at", "<=", now), eb("competition_session.starts_at", "<=", startingBefore)]),
    )
    .$if(ids !== undefined, (query) => query.where("hand_over.id", "in", ids ?? []))
    .orderBy("hand_over.expires_at")
    .limit(limit)
    .execute();
}

/** Also of an accepted one: whose the ticket is now says the ticket. */
export async function forgetAddressesOf(db: Kysely<Database>, { endedBefore }: { endedBefore: Date }): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("hand_over")
    .set({ to_email: null })
    .where("ended_at", "<", endedBefore)
    .where("to_email", "is not", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function insertHandOvers(
  trx: Transaction<Database>,
  giver: { accountId: string; name: string; at: Date },
  offers: readonly { id: string; competitionSessionId: string; ticketId: string; email: string; expiresAt: Date }[],
): Promise<void> {
  await trx
    .insertInto("hand_over")
    .values(
      offers.map((offer) => ({
        competition_session_id: offer.competitionSessionId,
        id: offer.id,
        ticket_id: offer.ticketId,
        from_account_id: giver.accountId,
        from_name: giver.name,
        to_email: offer.email,
        state: "offered",
        offered_at: giver.at,
        expires_at: offer.expiresAt,
      })),
    )
    .execute();
}

/**
 * Ends those that are still open, and gives their ids. Whoever has an account with the address finds them in its history.
 * Their tickets are locked by the transaction.
 *
 * @param end.counting the tickets whose seats count against the receiver's limits from now on
 */
export async function updateOpenHandOvers(
  trx: Transaction<Database>,
  ids: readonly string[],
  end: { state: Exclude<HandOverState, "offered">; at: Date; counting: readonly string[] },
): Promise<string[]> {
  const rows = await trx
    .updateTable("hand_over")
    .set((eb) => ({
      state: end.state,
      ended_at: end.at,
      counts: sql<boolean>`hand_over.ticket_id = any(${end.counting}::uuid[])`,
      to_account_id: eb.selectFrom("account").select("account.id").whereRef("account.email", "=", "hand_over.to_email"),
    }))
    .where("id", "in", ids)
    .where("state", "=", "offered")
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** The seats of tickets that were paid back count for nobody any more who has received them. */
export async function uncountReceivedSeats(trx: Transaction<Database>, ticketIds: readonly string[]): Promise<void> {
  await trx
    .updateTable("hand_over")
    .set({ counts: false })
    .where("ticket_id", "in", ticketIds)
    .where("counts", "=", true)
    .execute();
}

/** What decides whether tickets may go; after their lock. */
export async function selectTicketsToHandOver(trx: Transaction<Database>, ticketIds: readonly string[]) {
  return trx
    .selectFrom("ticket")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .select([
      "ticket.id",
      "ticket.competition_session_id",
      "ticket.order_id",
      "ticket.holder_account_id",
      "ticket.state",
      "ticket.blocked_at",
      "ticket.epoch",
      "competition_session.ceremony",
      "competition_session.state as competition_session_state",
      "competition_session.hand_over_allowed",
      "competition_session.starts_at",
    ])
    .where("ticket.id", "in", ticketIds)
    .orderBy("ticket.id")
    .execute();
}

/** Those of the tickets that an account has held before. */
export async function selectHeldBefore(
  trx: Transaction<Database>,
  { accountId, ticketIds }: { accountId: string; ticketIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom("ticket")
    .innerJoin("ticket_epoch", (join) =>
      join
        .onRef("ticket_epoch.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("ticket_epoch.ticket_id", "=", "ticket.id"),
    )
    .select("ticket.id")
    .distinct()
    .where("ticket.id", "in", ticketIds)
    .where("ticket_epoch.holder_account_id", "=", accountId)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Those of the accounts that are neither disabled nor deleted. */
export async function selectParties(db: Kysely<Database>, accountIds: readonly string[]) {
  return db
    .selectFrom("account")
    .select(["id", "email", "display_name", "locale", "role", "hand_over_frozen_until"])
    .$narrowType<{ locale: "fr" | "en" }>()
    .where("id", "in", accountIds)
    .where("disabled_at", "is", null)
    .where("deleted_at", "is", null)
    .execute();
}

/** Accounts by their addresses, whoever may sign in to them. */
export async function selectAccountsByEmail(db: Kysely<Database>, emails: readonly string[]) {
  return db
    .selectFrom("account")
    .select(["id", "email", "locale"])
    .$narrowType<{ locale: "fr" | "en" }>()
    .where("email", "in", emails)
    .execute();
}

/** Tickets as a mail names them. */
export async function selectMailTickets(db: Kysely<Database>, ticketIds: readonly string[]): Promise<MailTicket[]> {
  return db
    .selectFrom("ticket")
    .innerJoin("competition_session", "competition_session.id", "ticket.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([
      "ticket.reference",
      "competition_session.code as competitionSessionCode",
      "competition_session.discipline",
      "competition_session.discipline_code as disciplineCode",
      "competition_session.starts_at as startsAt",
      "venue.name as venue",
      "venue.time_zone as timeZone",
    ])
    .where("ticket.id", "in", ticketIds)
    .orderBy("competition_session.starts_at")
    .orderBy("ticket.reference")
    .execute();
}

/** As many as anybody looks through: of an account there are as many more as it has offered and taken back. */
const mostListed = 300;

/** Hand-overs that an account has to do with: what is open first, then the newest. */
export async function selectHandOversOf(
  db: Kysely<Database>,
  { accountId, ids }: { accountId: string; ids?: readonly string[] },
) {
  return db
    .selectFrom("hand_over")
    .innerJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "hand_over.competition_session_id")
        .onRef("ticket.id", "=", "hand_over.ticket_id"),
    )
    .innerJoin("order", "order.id", "ticket.order_id")
    .innerJoin("offer", "offer.id", "ticket.offer_id")
    .innerJoin("competition_session", "competition_session.id", "hand_over.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([
      ...columns,
      "hand_over.offered_at",
      "hand_over.ended_at",
      "ticket.reference",
      "ticket.order_id",
      "ticket.category",
      "ticket.zone",
      "order.account_id as buyer_account_id",
      ...offerNameColumns,
      ...competitionSessionColumns,
    ])
    .where((eb) =>
      eb.or([
        eb("hand_over.from_account_id", "=", accountId),
        eb("hand_over.to_account_id", "=", accountId),
        eb.and([
          eb("hand_over.state", "=", "offered"),
          eb("hand_over.to_email", "=", (one) =>
            one.selectFrom("account").select("account.email").where("account.id", "=", accountId),
          ),
        ]),
      ]),
    )
    .$if(ids !== undefined, (query) => query.where("hand_over.id", "in", ids ?? []))
    .orderBy((eb) => eb("hand_over.state", "=", "offered"), "desc")
    .orderBy("hand_over.offered_at", "desc")
    .orderBy("hand_over.id", "desc")
    .limit(mostListed)
    .execute();
}
