import type { nameCompanionInput, Given } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { lockAccounts } from "../sales/reservations.queries.ts";
import { assertNotClosed, assertNotFrozen } from "./hand-overs/hand-over.ts";
import { selectParties } from "./hand-overs/hand-overs.queries.ts";
import { insertTicketEvents, lockTickets, selectHolderName, updateHolderName } from "./tickets.queries.ts";

/**
 * Writes on a ticket who goes in with it, while it stays on its holder's phone; with null, the holder again. Lists and
 * scans show that name from now on. The same name again changes nothing.
 *
 * Errors: `not_found`, `conflict` for a ticket that was used or cancelled, `ticket_blocked`, `hand_over_closed`,
 * `hand_over_frozen` while the holder's second factors were replaced a short while ago.
 */
export async function nameCompanion(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { accountId }: Pick<Actor, "accountId">,
  { ticketId, name: companion }: Given<typeof nameCompanionInput>,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    // Before the ticket, like everybody: nobody freezes the account between the look and the name.
    await lockAccounts(trx, [accountId]);
    const [ticket] = await lockTickets(trx, { ticketIds: [ticketId], holderAccountId: accountId });
    if (ticket === undefined) throw new CodedError("not_found");
    const at = ctx.clock();
    assertNotClosed(ctx.policy, ticket, at);
    // A print is let in by the name on it.
    if (companion !== null) await demandNotFrozen(trx, accountId, at);
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

async function demandNotFrozen(trx: Transaction<Database>, accountId: string, now: Date): Promise<void> {
  const [holder] = await selectParties(trx, [accountId]);
  assertNotFrozen(holder?.hand_over_frozen_until ?? null, now);
}
