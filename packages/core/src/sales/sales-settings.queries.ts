import type { SalesSettings } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { limitColumns, toLimits } from "./purchase-limits.ts";

/** What the organiser has decided for all sales; undefined before the first programme. */
export async function selectSalesSettings(db: Kysely<Database>): Promise<SalesSettings | undefined> {
  const row = await db
    .selectFrom("games")
    .select([...limitColumns, "tax_rate_bp", "settings_version"])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { limits: toLimits(row), taxRateBp: row.tax_rate_bp, version: row.settings_version };
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
