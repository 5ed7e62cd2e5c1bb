import { type TicketState, ticketState } from "@tessera/contracts";
import { CodedError } from "../errors.ts";
import { gatesOpenAt } from "../gate/window.ts";
import type { Policy } from "../ports.ts";
import { stateTable } from "../state-table.ts";

/**
 * Which change of a ticket is allowed: one that was cancelled stays so, and one that was used, unless its competition
 * session is cancelled and everybody is paid back.
 */
export const ticketChanges = stateTable<TicketState>({
  issued: ["admitted", "cancelled"],
  admitted: ["cancelled"],
  cancelled: [],
});

type Times = { startsAt: Date; endsAt: Date };

/** Between when a ticket can be activated. `opensAt` is the purchase itself where the policy sets no hours (demo). */
export function activationWindow(
  policy: Pick<Policy, "activationOpensHours" | "gatesOpenMinutes">,
  session: Times,
): { opensAt: Date; closesAt: Date } {
  const opensAt =
    policy.activationOpensHours === null
      ? new Date(0)
      : new Date(gatesOpenAt(policy, session).getTime() - policy.activationOpensHours * 3_600_000);
  return { opensAt, closesAt: session.endsAt };
}

// What a CHECK constraint has already assured, told to the types.
export const toTicketState = (text: string): TicketState => ticketState.parse(text);

/** Throws `ticket_blocked`: not even the pass of a device that has it is given out again. */
export function assertNotBlocked(ticket: { blocked_at: Date | null }): void {
  if (ticket.blocked_at !== null) throw new CodedError("ticket_blocked");
}

/**
 * Throws unless a ticket can be activated now: `activation_not_open` with the moment it opens, `activation_closed` when the
 * competition session is over, `conflict` when the ticket was used or cancelled, `ticket_blocked`.
 */
export function assertActivatable(
  policy: Pick<Policy, "activationOpensHours" | "gatesOpenMinutes">,
  ticket: { state: string; blocked_at: Date | null; competition_session_state: string; starts_at: Date; ends_at: Date },
  now: Date,
): void {
  if (ticket.state !== "issued") throw new CodedError("conflict", { state: ticket.state });
  assertNotBlocked(ticket);
  const { opensAt, closesAt } = activationWindow(policy, { startsAt: ticket.starts_at, endsAt: ticket.ends_at });
  if (now < opensAt) throw new CodedError("activation_not_open", { opensAt: opensAt.toISOString() });
  if (now >= closesAt || ticket.competition_session_state !== "scheduled") throw new CodedError("activation_closed");
}
