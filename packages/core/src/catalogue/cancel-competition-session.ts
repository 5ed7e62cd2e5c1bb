import type { cancelCompetitionSessionInput, Given } from "@tessera/contracts";
import { demandAdmin } from "../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { lockSeatPools } from "../sales/reservations.queries.ts";
import { raiseCatalogueVersion } from "./catalogue.queries.ts";
import { lockCompetitionSession, markCancelled, selectSeatPoolIds } from "./competition-sessions.queries.ts";

/**
 * Cancels a competition session, in the name of an admin, for ever. From the commit on nothing of it is reserved, paid,
 * activated, printed or handed over, and no gate lets anybody in; packages with it are off sale. Everybody is paid back
 * after it (`payBackCancelled`). One that is cancelled already stays so, for the reason that was given first.
 *
 * Its seat pools are locked: whoever reserves either was before, and is released, or reads the new version of the
 * catalogue behind the lock.
 *
 * Throws `not_found`; `invalid_input` when the code is not its own; `forbidden` for who has just lost the right to.
 *
 * @param input.code as the admin has typed it, to be sure
 * @param input.note why, for the staff
 */
export async function cancelCompetitionSession(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  { accountId }: Pick<Actor, "accountId">,
  { competitionSessionId, code, note }: Given<typeof cancelCompetitionSessionInput>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await lockSeatPools(trx, await selectSeatPoolIds(trx, competitionSessionId));
    await demandAdmin(trx, { accountId });
    const session = await lockCompetitionSession(trx, competitionSessionId);
    if (session === undefined) throw new CodedError("not_found");
    if (session.code !== code) throw new CodedError("invalid_input");
    if (session.state === "cancelled") return;
    await markCancelled(trx, competitionSessionId, { at: ctx.clock(), by: accountId, note });
    await writeAuditEntry(trx, ctx, {
      action: "competition_session.cancelled",
      actorId: accountId,
      subjectId: competitionSessionId,
      details: { competitionSessionCode: code },
    });
    await raiseCatalogueVersion(trx);
  });
}
