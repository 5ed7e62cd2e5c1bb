import type { SalesSettings } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

/** What the organiser has decided for all sales; undefined before the first programme. */
export async function selectSalesSettings(db: Kysely<Database>): Promise<SalesSettings | undefined> {
  const row = await db
    .selectFrom("games")
    .select(["limit_games", "limit_competition_session", "limit_ceremony", "tax_rate_bp", "settings_version"])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    limits: {
      games: row.limit_games,
      competitionSession: row.limit_competition_session,
      ceremony: row.limit_ceremony,
    },
    taxRateBp: row.tax_rate_bp,
    version: row.settings_version,
  };
}

/** Of many who saw the same version one gets true. */
export async function updateSalesSettings(
  trx: Transaction<Database>,
  { limits, taxRateBp, version }: SalesSettings,
): Promise<boolean> {
  const updated = await trx
    .updateTable("games")
    .set({
      limit_games: limits.games,
      limit_competition_session: limits.competitionSession,
      limit_ceremony: limits.ceremony,
      tax_rate_bp: taxRateBp,
      settings_version: version + 1,
    })
    .where("settings_version", "=", version)
    .returning("id")
    .executeTakeFirst();
  return updated !== undefined;
}
