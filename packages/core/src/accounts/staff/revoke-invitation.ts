import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Actor } from "../../ports.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { demandAdmin } from "./change-employee.ts";
import { markRevoked, revokeExpiredBefore } from "./invitations.queries.ts";

/** Takes an invitation back: its link is dead at once. Throws `not_found` for one that is not open, `forbidden`. */
export async function revokeInvitation(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  { invitationId }: { invitationId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await demandAdmin(trx, actor);
    const [revoked] = await markRevoked(trx, { by: "id", value: invitationId, now: ctx.clock() });
    if (revoked === undefined) throw new CodedError("not_found");
    await deleteMailTokensFor(trx, revoked);
    await writeAuditEntry(trx, ctx, { action: "invitation.revoked", actorId: actor.accountId, subjectId: revoked });
  });
}

const shownExpiredMs = 86_400_000;

/** Takes back invitations that ended a day ago: whoever made them has seen it, and their addresses are needed no longer. */
export async function forgetExpiredInvitations({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  const now = clock();
  await revokeExpiredBefore(db, { moment: new Date(now.getTime() - shownExpiredMs), now });
}
