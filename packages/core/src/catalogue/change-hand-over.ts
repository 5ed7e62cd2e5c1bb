import type { changeHandOverInput, Given } from "@tessera/contracts";
import { demandAdmin } from "../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { lockCompetitionSession, updateHandOverAllowed } from "./competition-sessions.queries.ts";

/**
 * Allows or forbids, in the name of an admin, that tickets of a competition session are handed over. What is offered at
 * that moment stands until it ends, and is not accepted as long as it is forbidden; what was handed over stays so. Set to
 * what it is already, nothing changes. Throws `not_found`, and `forbidden` for who has just lost the right to.
 */
export async function changeHandOver(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  { accountId }: Pick<Actor, "accountId">,
  { competitionSessionId, allowed }: Given<typeof changeHandOverInput>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await demandAdmin(trx, { accountId });
    const session = await lockCompetitionSession(trx, competitionSessionId);
    if (session === undefined) throw new CodedError("not_found");
    if (session.hand_over_allowed === allowed) return;
    await updateHandOverAllowed(trx, competitionSessionId, allowed);
    await writeAuditEntry(trx, ctx, {
      action: "competition_session.hand_over_changed",
      actorId: accountId,
      subjectId: competitionSessionId,
      details: { competitionSessionCode: session.code, allowed },
    });
  });
}
