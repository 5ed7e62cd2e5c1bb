import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { voidHandOvers } from "./hand-overs/void-hand-overs.ts";
import { insertTicketEvents, lockTicketStates, updateTicketBlock } from "./tickets.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * Blocks a ticket, in the name of an admin: no gate lets it in, and it moves to no device and to nobody, until that is
 * lifted. One that is blocked already stays so, for the reason that was given first.
 * Throws `not_found`, and `conflict` for a ticket that was used or cancelled.
 *
 * @param input.note why, for the staff
 * @returns the order that the ticket is of
 */
export function blockTicket(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  { ticketId, note }: { ticketId: string; note: string },
): Promise<{ orderId: string }> {
  return change(ctx, actor, { ticketId, note });
}

/** Lifts it again; of one that is not blocked nothing changes. Throws as `blockTicket`. */
export function unblockTicket(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  { ticketId }: { ticketId: string },
): Promise<{ orderId: string }> {
  return change(ctx, actor, { ticketId, note: null });
}

function change(
  ctx: Parts,
  { accountId }: Pick<Actor, "accountId">,
  { ticketId, note }: { ticketId: string; note: string | null },
): Promise<{ orderId: string }> {
  return ctx.db.transaction().execute(async (trx) => {
    const [ticket] = await lockTicketStates(trx, [ticketId]);
    if (ticket === undefined) throw new CodedError("not_found");
    const { orderId, competitionSessionId, epoch, state } = ticket;
    // After the lock: what was waited for has come before.
    const at = ctx.clock();
    if (state !== "issued") throw new CodedError("conflict", { state });
    if ((ticket.blockedAt !== null) === (note !== null)) return { orderId };
    const kind = note === null ? "unblocked" : "blocked";
    await updateTicketBlock(trx, ticketId, note === null ? null : { at, note });
    await insertTicketEvents(trx, [{ competitionSessionId, ticketId, eventId: newId(ctx), kind, epoch, at }]);
    if (kind === "blocked") await voidHandOvers(ctx, trx, [ticketId], at);
    await writeAuditEntry(trx, ctx, {
      action: `ticket.${kind}`,
      actorId: accountId,
      subjectId: ticketId,
      details: { orderId },
    });
    return { orderId };
  });
}
