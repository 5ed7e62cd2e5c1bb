import type { GatePolicySettings } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

export async function selectGatePolicy(db: Kysely<Database>, competitionSessionId: string) {
  return db
    .selectFrom("gate_policy")
    .select(["reentry", "offline_admission", "max_list_age_seconds", "list_too_old"])
    .where("competition_session_id", "=", competitionSessionId)
    .executeTakeFirst();
}

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
