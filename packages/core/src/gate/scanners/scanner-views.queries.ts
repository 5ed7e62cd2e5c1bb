import { scannerState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";
import { competitionSessionColumns } from "../../catalogue/rows.ts";

const gateColumns = ["gate.id as gate_id", "gate.code as gate_code", "gate.name as gate_name"] as const;

/** Every tablet with its gate, but for those that came to nothing before a moment; the newest first. */
export async function selectScanners(db: Kysely<Database>, { endedSince }: { endedSince: Date }) {
  const rows = await db
    .selectFrom("scanner")
    .innerJoin("gate", "gate.id", "scanner.gate_id")
    .innerJoin("venue", "venue.id", "gate.venue_id")
    .select([
      ...gateColumns,
      "venue.name as venue",
      "scanner.id",
      "scanner.name",
      "scanner.state",
      "scanner.comparison",
      "scanner.code_expires_at as codeExpiresAt",
      "scanner.invited_at as invitedAt",
      "scanner.enrolled_at as enrolledAt",
      "scanner.revoked_at as revokedAt",
      "scanner.last_contact_at as lastContactAt",
      "scanner.list_made_at as listMadeAt",
      "scanner.queued",
      "scanner.battery",
      "scanner.charging",
      "scanner.app_version as appVersion",
      "scanner.clock_offset_ms as clockOffsetMs",
    ])
    // An index answers both: the highest number, and how many there are.
    .select(
      sql<number>`coalesce((select max(number) - count(*) from scanner_record
        where scanner_record.scanner_id = scanner.id), 0)::int`.as("missing"),
    )
    .where((where) =>
      where.or([where("scanner.enrolled_at", "is not", null), where("scanner.code_expires_at", ">", endedSince)]),
    )
    .orderBy("scanner.invited_at", "desc")
    .orderBy("scanner.id", "desc")
    .execute();
  return rows.map(({ state, ...row }) => ({ ...row, state: scannerState.parse(state) }));
}

/** The gate of one tablet, and what it is called. */
export async function selectScannerWithGate(db: Kysely<Database>, scannerId: string) {
  const row = await db
    .selectFrom("scanner")
    .innerJoin("gate", "gate.id", "scanner.gate_id")
    .select([...gateColumns, "scanner.name", "scanner.state", "scanner.code_expires_at as codeExpiresAt"])
    .where("scanner.id", "=", scannerId)
    .executeTakeFirstOrThrow();
  return { ...row, state: scannerState.parse(row.state) };
}

/** What tablets are for, in the order of time; a row for each tablet and competition session. */
export async function selectAssigned(db: Kysely<Database>, scannerIds: readonly string[]) {
  return db
    .selectFrom("scanner_competition_session")
    .innerJoin("competition_session", "competition_session.id", "scanner_competition_session.competition_session_id")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([...competitionSessionColumns, "scanner_competition_session.scanner_id"])
    .where("scanner_competition_session.scanner_id", "=", sql<string>`any(${scannerIds}::uuid[])`)
    .orderBy("competition_session.starts_at")
    .orderBy("competition_session.code")
    .execute();
}

/** Who works with tablets at a moment. */
export async function selectOpenShifts(db: Kysely<Database>, scannerIds: readonly string[], now: Date) {
  return db
    .selectFrom("shift")
    .innerJoin("account", "account.id", "shift.account_id")
    .select(["shift.id", "shift.scanner_id", "shift.role", "account.display_name"])
    .$narrowType<{ role: "staff" | "supervisor" | "admin" }>()
    .where("shift.scanner_id", "=", sql<string>`any(${scannerIds}::uuid[])`)
    .where("shift.ended_at", "is", null)
    .where("shift.ends_at", ">", now)
    .orderBy("shift.began_at")
    .orderBy("shift.id")
    .execute();
}

/** The gates of every venue. */
export async function selectVenuesWithGates(db: Kysely<Database>) {
  return db
    .selectFrom("gate")
    .innerJoin("venue", "venue.id", "gate.venue_id")
    .select([...gateColumns, "venue.id as venue_id", "venue.name as venue", "venue.city"])
    .orderBy("venue.name")
    .orderBy("venue.id")
    .orderBy("gate.code")
    .execute();
}

/** What happens at any venue from a moment on, in the order of time. */
export async function selectCompetitionSessionsSince(db: Kysely<Database>, since: Date) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([...competitionSessionColumns, "competition_session.venue_id"])
    .where("competition_session.ends_at", ">", since)
    .where("competition_session.state", "<>", "cancelled")
    .orderBy("competition_session.starts_at")
    .orderBy("competition_session.code")
    .execute();
}
