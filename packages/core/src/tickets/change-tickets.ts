import type { TicketState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { voidHandOvers } from "./hand-overs/void-hand-overs.ts";
import { ticketChanges, toTicketState } from "./ticket.ts";
import { insertTicketEvents, updateTicketStates } from "./tickets.queries.ts";

type LockedTicket = { id: string; competitionSessionId: string; state: string; epoch: number };

/**
 * Changes the state of tickets, with their history; what is open of handing them over ends. They are locked by the
 * transaction. Throws `conflict` for a change that is not allowed.
 */
export async function changeTickets(
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  trx: Transaction<Database>,
  tickets: readonly LockedTicket[],
  { state, at }: { state: Exclude<TicketState, "issued">; at: Date },
): Promise<void> {
  if (tickets.length === 0) return;
  for (const ticket of tickets) ticketChanges.assert(toTicketState(ticket.state), state);
  await updateTicketStates(trx, tickets, state);
  await insertTicketEvents(
    trx,
    tickets.map(({ id, competitionSessionId, epoch }) => ({
      competitionSessionId,
      ticketId: id,
      eventId: newId(ctx),
      kind: state,
      epoch,
      at,
    })),
  );
  await voidHandOvers(
    ctx,
    trx,
    tickets.map(({ id }) => id),
    at,
  );
}
