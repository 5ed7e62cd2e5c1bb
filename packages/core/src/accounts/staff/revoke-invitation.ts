import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Actor } from "../../ports.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { markRevoked } from "./invitations.queries.ts";

/** Takes an invitation back: its link is dead at once. Throws `not_found` for one that is not open. */
export async function revokeInvitation(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  { invitationId }: { invitationId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const [revoked] = await markRevoked(trx, { by: "id", value: invitationId, now: ctx.clock() });
    if (revoked === undefined) throw new CodedError("not_found");
    await deleteMailTokensFor(trx, revoked);
    await writeAuditEntry(trx, ctx, { action: "invitation.revoked", actorId: actor.accountId, subjectId: revoked });
  });
}
