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

/** How many tickets each zone has, and who went in and out with them, in one pass over tickets and passages. */
export async function selectZoneCounts(trx: Transaction<Database>, competitionSessionId: string) {
  return trx
    .selectFrom("ticket")
    .leftJoin(
      (eb) =>
        eb
          .selectFrom("passage")
          .where("competition_session_id", "=", competitionSessionId)
          .select([
            "ticket_id",
            sql<number>`count(*) filter (where direction = 'in')`.as("entries"),
            sql<number>`count(*) filter (where direction = 'out')`.as("exits"),
            sql<number>`count(*) filter (where direction = 'in' and by_hand)`.as("by_hand"),
          ])
          .groupBy("ticket_id")
          .as("passages"),
      (join) => join.onRef("passages.ticket_id", "=", "ticket.id"),
    )
    .where("ticket.competition_session_id", "=", competitionSessionId)
    .select([
      "ticket.zone",
      sql<number>`(count(*) filter (where ticket.state <> 'cancelled'))::integer`.as("tickets"),
      sql<number>`(count(*) filter (where passages.entries > 0))::integer`.as("tickets_in"),
      sql<number>`coalesce(sum(passages.entries), 0)::integer`.as("entries"),
      sql<number>`coalesce(sum(passages.exits), 0)::integer`.as("exits"),
      sql<number>`coalesce(sum(passages.by_hand), 0)::integer`.as("by_hand"),
    ])
    .groupBy("ticket.zone")
    .execute();
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
