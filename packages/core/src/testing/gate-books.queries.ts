import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

/** Who went in and out with a ticket, as far as it counts, in the order of their moments. */
export async function passagesOf(db: Kysely<Database>, ticketId: string) {
  const rows = await db
    .selectFrom("passage")
    .innerJoin("gate", "gate.id", "passage.gate_id")
    .select(["passage.direction", "gate.code as gate", "passage.by_hand as byHand"])
    .where("ticket_id", "=", ticketId)
    .orderBy("at")
    .orderBy("gate.code")
    .execute();
  return rows.map(({ direction, gate, byHand }) => `${direction} ${gate}${byHand ? " by hand" : ""}`);
}

/** The incidents of a competition session, with how many scans each is about, in the order of their kinds. */
export async function incidentsIn(db: Kysely<Database>, competitionSessionId: string) {
  const rows = await db
    .selectFrom("incident")
    .select(["kind", "state", "ticket_id as ticketId", "about"])
    .select((eb) =>
      eb
        .selectFrom("incident_scan")
        .whereRef("incident_scan.incident_id", "=", "incident.id")
        .select(eb.fn.countAll<number>().as("scans"))
        .as("scans"),
    )
    .where("competition_session_id", "=", competitionSessionId)
    .orderBy("kind")
    .orderBy("about")
    .execute();
  return rows;
}

/** How many went in, whether or not with a ticket. */
export async function entriesIn(db: Kysely<Database>, competitionSessionId: string): Promise<number> {
  const rows = await db
    .selectFrom("scan")
    .select("id")
    .where("competition_session_id", "=", competitionSessionId)
    .where("direction", "=", "in")
    .where("through", "=", true)
    .execute();
  return rows.length;
}
