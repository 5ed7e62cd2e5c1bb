import type { PurchaseLimits } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { limitColumns, toLimits } from "../sales/purchase-limits.ts";
import { competitionSessionColumns } from "./rows.ts";

/**
 * The number that every change of the catalogue raises, and the limits of an account, which change without it. Undefined
 * before the first programme.
 */
export async function selectCatalogueHead(
  db: Kysely<Database>,
): Promise<{ version: number; limits: PurchaseLimits } | undefined> {
  const games = await db
    .selectFrom("games")
    .select([...limitColumns, "catalogue_version"])
    .executeTakeFirst();
  return games === undefined ? undefined : { version: games.catalogue_version, limits: toLimits(games) };
}

/** Must be part of the transaction that changes the catalogue. */
export async function raiseCatalogueVersion(db: Kysely<Database>): Promise<void> {
  await db
    .updateTable("games")
    .set((eb) => ({ catalogue_version: eb("catalogue_version", "+", 1) }))
    .execute();
}

export async function selectGames(db: Kysely<Database>) {
  return db.selectFrom("games").select(["id", "name_fr", "name_en"]).executeTakeFirst();
}

export async function selectCompetitionSessions(db: Kysely<Database>) {
  return db
    .selectFrom("competition_session")
    .innerJoin("venue", "venue.id", "competition_session.venue_id")
    .select([...competitionSessionColumns, "competition_session.phases"])
    .orderBy("competition_session.starts_at")
    .orderBy("competition_session.code")
    .execute();
}

/** How full every pool is. A few thousand short rows: cheap enough to read once a second. */
export async function selectSeatPoolLevels(db: Kysely<Database>) {
  return db.selectFrom("seat_pool").select(["id", "capacity", "taken"]).execute();
}
