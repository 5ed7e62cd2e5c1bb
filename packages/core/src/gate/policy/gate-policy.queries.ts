import type { GatePolicySettings } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { gathered } from "../../gathered.ts";

/** What somebody has set; those of one moment are looked up together. */
export const findGatePolicy = gathered(async (db, competitionSessionIds: readonly string[]) => {
  const rows = await db
    .selectFrom("gate_policy")
    .select(["competition_session_id", "reentry", "offline_admission", "max_list_age_seconds", "list_too_old"])
    .where("competition_session_id", "=", sql<string>`any(${[...new Set(competitionSessionIds)]}::uuid[])`)
    .execute();
  const found = new Map(rows.map((row) => [row.competition_session_id, row]));
  return competitionSessionIds.map((id) => found.get(id));
});

export async function competitionSessionExists(db: Kysely<Database>, competitionSessionId: string): Promise<boolean> {
  const found = await db
    .selectFrom("competition_session")
    .select("id")
    .where("id", "=", competitionSessionId)
    .executeTakeFirst();
  return found !== undefined;
}

export async function upsertGatePolicy(
  trx: Transaction<Database>,
  competitionSessionId: string,
  policy: GatePolicySettings,
): Promise<void> {
  const columns = {
    reentry: policy.reentry,
    offline_admission: policy.offlineAdmission,
    max_list_age_seconds: policy.maxListAgeSeconds,
    list_too_old: policy.listTooOld,
  };
  await trx
    .insertInto("gate_policy")
    .values({ competition_session_id: competitionSessionId, ...columns })
    .onConflict((conflict) => conflict.constraint("gate_policy_pkey").doUpdateSet(columns))
    .execute();
}
