import { type Facts, gatePolicy, type GatePolicySettings, type gatePolicyView } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { competitionSessionExists, findGatePolicy } from "./gate-policy.queries.ts";

/**
 * How gates work for a competition session, as an admin has set it; else one entry a ticket, everybody let in while a tablet
 * is cut off, and *check* once its list is older than the server's policy says. Read with each list part and each scan, and
 * so a change is in the next of them.
 *
 * @param db the pool, or the transaction that the answer is for
 */
export async function gatePolicyOf(
  ctx: Pick<CoreContext, "policy">,
  db: Kysely<Database>,
  competitionSessionId: string,
): Promise<GatePolicySettings> {
  return (await knownPolicy(db, competitionSessionId)) ?? defaultPolicy(ctx);
}

/** The same for people, who are told whether anybody has set it. Throws `not_found`. */
export async function readGatePolicy(
  ctx: Pick<CoreContext, "db" | "policy">,
  { competitionSessionId }: { competitionSessionId: string },
): Promise<Facts<typeof gatePolicyView>> {
  if (!(await competitionSessionExists(ctx.db, competitionSessionId))) throw new CodedError("not_found");
  const known = await knownPolicy(ctx.db, competitionSessionId);
  return { ...(known ?? defaultPolicy(ctx)), isDefault: known === undefined };
}

async function knownPolicy(
  db: Kysely<Database>,
  competitionSessionId: string,
): Promise<GatePolicySettings | undefined> {
  const row = await findGatePolicy(db, competitionSessionId);
  if (row === undefined) return undefined;
  return gatePolicy.parse({
    reentry: row.reentry,
    offlineAdmission: row.offline_admission,
    maxListAgeSeconds: row.max_list_age_seconds,
    listTooOld: row.list_too_old,
  });
}

const defaultPolicy = ({ policy }: Pick<CoreContext, "policy">): GatePolicySettings => ({
  reentry: "never",
  offlineAdmission: "any",
  maxListAgeSeconds: policy.listMaxAgeSeconds,
  listTooOld: "check",
});
