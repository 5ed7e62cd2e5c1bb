import type { changeGatePolicyInput, Given } from "@tessera/contracts";
import { demandAdmin } from "../../accounts/staff/change-employee.ts";
import { changesOf } from "../../audit/changes-of.ts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import { lockCompetitionSession } from "../../catalogue/competition-sessions.queries.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Actor } from "../../ports.ts";
import { upsertGatePolicy } from "./gate-policy.queries.ts";
import { gatePolicyOf } from "./gate-policy.ts";

/**
 * Sets, in the name of an admin, how gates work for a competition session. It holds for the server at once, and for each
 * tablet from the next list part that it takes. Set to what it is already, nothing changes. Throws `not_found`, and
 * `forbidden` for who has just lost the right to.
 */
export async function changeGatePolicy(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { accountId }: Pick<Actor, "accountId">,
  { competitionSessionId, ...wanted }: Given<typeof changeGatePolicyInput>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await demandAdmin(trx, { accountId });
    // Whoever changes the same policy at the same moment waits here, and is then told what it is changed from.
    const session = await lockCompetitionSession(trx, competitionSessionId);
    if (session === undefined) throw new CodedError("not_found");
    const changes = changesOf(await gatePolicyOf(ctx, trx, competitionSessionId), wanted);
    if (Object.keys(changes).length === 0) return;
    await upsertGatePolicy(trx, competitionSessionId, wanted);
    await writeAuditEntry(trx, ctx, {
      action: "gate_policy.changed",
      actorId: accountId,
      subjectId: competitionSessionId,
      details: { competitionSessionCode: session.code, ...changes },
    });
  });
}
