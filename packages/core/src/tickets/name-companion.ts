import type { nameCompanionInput, Given } from "@tessera/contracts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { assertNotClosed } from "./hand-overs/hand-over.ts";
import { insertTicketEvents, lockTickets, selectHolderName, updateHolderName } from "./tickets.queries.ts";

/**
 * Writes on a ticket who goes in with it, while it stays on its holder's phone; with null, the holder again. Lists and
 * scans show that name from now on. The same name again changes nothing.
 *
 * Errors: `not_found`, `conflict` for a ticket that was used or cancelled, `ticket_blocked`, `hand_over_closed`.
 */
export async function nameCompanion(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { accountId }: Pick<Actor, "accountId">,
  { ticketId, name: companion }: Given<typeof nameCompanionInput>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const [ticket] = await lockTickets(trx, { ticketIds: [ticketId], holderAccountId: accountId });
    if (ticket === undefined) throw new CodedError("not_found");
    const at = ctx.clock();
    assertNotClosed(ctx.policy, ticket, at);
    const name = companion ?? (await selectHolderName(trx, accountId));
    if (name === ticket.holder_name) return;
    const { competition_session_id: competitionSessionId, epoch } = ticket;
    await updateHolderName(trx, ticketId, name);
    await insertTicketEvents(trx, [{ competitionSessionId, ticketId, eventId: newId(ctx), kind: "named", epoch, at }]);
    await writeAuditEntry(trx, ctx, {
      action: "ticket.named",
      actorId: accountId,
      subjectId: ticketId,
      details: { companion: companion !== null },
    });
  });
}
