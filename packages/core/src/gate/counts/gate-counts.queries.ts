import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";

/**
 * What was scanned at each gate, in one pass over the competition session's scans: who went in and out, and what the
 * screens said. The last word counts: what was shown, else what the server answered.
 */
export async function selectScanCounts(
  trx: Transaction<Database>,
  competitionSessionId: string,
  { since }: { since: Date },
) {
  const said = sql`coalesce(shown, outcome, tablet_outcome)`;
  return trx
    .selectFrom("scan")
    .where("competition_session_id", "=", competitionSessionId)
    .select([
      "gate_id",
      sql<number>`(count(*) filter (where through and direction = 'in'))::integer`.as("entries"),
      sql<number>`(count(*) filter (where through and direction = 'out'))::integer`.as("exits"),
      sql<number>`(count(*) filter (where ${said} = 'check'))::integer`.as("checks"),
      sql<number>`(count(*) filter (where ${said} = 'refuse'))::integer`.as("refusals"),
      sql<number>`(count(*) filter (where scanned_at > ${since}))::integer`.as("last_minute"),
    ])
    .groupBy("gate_id")
    .execute();
}

/** Who went in and out of each zone with a ticket. */
export async function selectZoneCounts(trx: Transaction<Database>, competitionSessionId: string) {
  return trx
    .selectFrom("passage")
    .innerJoin("ticket", (join) =>
      join
        .onRef("ticket.competition_session_id", "=", "passage.competition_session_id")
        .onRef("ticket.id", "=", "passage.ticket_id"),
    )
    .where("passage.competition_session_id", "=", competitionSessionId)
    .select([
      "ticket.zone",
      sql<number>`(count(*) filter (where direction = 'in'))::integer`.as("entries"),
      sql<number>`(count(*) filter (where direction = 'out'))::integer`.as("exits"),
      sql<number>`(count(*) filter (where direction = 'in' and by_hand))::integer`.as("by_hand"),
    ])
    .groupBy("ticket.zone")
    .execute();
}

/** How many entries were not the first one of their ticket: few, and so this is far quicker than to count tickets. */
export async function countFurtherEntries(trx: Transaction<Database>, competitionSessionId: string): Promise<number> {
  const { further } = await trx
    .selectFrom("passage")
    .where("competition_session_id", "=", competitionSessionId)
    .where("direction", "=", "in")
    .where("ordinal", ">", 1)
    // Numbers may have gaps.
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("passage as before")
          .whereRef("before.competition_session_id", "=", "passage.competition_session_id")
          .whereRef("before.ticket_id", "=", "passage.ticket_id")
          .where("before.direction", "=", "in")
          .whereRef("before.ordinal", "<", "passage.ordinal")
          .select("before.ordinal"),
      ),
    )
    .select(sql<number>`count(*)::integer`.as("further"))
    .executeTakeFirstOrThrow();
  return further;
}

/** How many tickets could be gone in with. */
export async function countGoodTickets(trx: Transaction<Database>, competitionSessionId: string): Promise<number> {
  const { good } = await trx
    .selectFrom("ticket")
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "<>", "cancelled")
    .select(sql<number>`count(*)::integer`.as("good"))
    .executeTakeFirstOrThrow();
  return good;
}

/** The enrolled tablets of a competition session: how many, how many of them spoke lately, and what they still hold. */
export async function selectTabletCounts(
  trx: Transaction<Database>,
  competitionSessionId: string,
  { since }: { since: Date },
) {
  return trx
    .selectFrom("scanner_competition_session as assigned")
    .innerJoin("scanner", "scanner.id", "assigned.scanner_id")
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom("scanner_record")
          .whereRef("scanner_record.scanner_id", "=", "scanner.id")
          .select(sql<number>`coalesce(max(number), 0) - count(*)`.as("missing"))
          .as("records"),
      (join) => join.onTrue(),
    )
    .where("assigned.competition_session_id", "=", competitionSessionId)
    .where("scanner.state", "=", "enrolled")
    .select([
      sql<number>`count(*)::integer`.as("tablets"),
      sql<number>`(count(*) filter (where scanner.last_contact_at > ${since}))::integer`.as("in_contact"),
      sql<number>`coalesce(sum(records.missing), 0)::integer`.as("missing"),
    ])
    .executeTakeFirstOrThrow();
}

export async function countOpenIncidents(trx: Transaction<Database>, competitionSessionId: string): Promise<number> {
  const { open } = await trx
    .selectFrom("incident")
    .where("competition_session_id", "=", competitionSessionId)
    .where("state", "=", "open")
    .select(sql<number>`count(*)::integer`.as("open"))
    .executeTakeFirstOrThrow();
  return open;
}
