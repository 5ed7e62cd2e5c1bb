import { type HandOverState, handOverState } from "@tessera/contracts";
import { CodedError } from "../../errors.ts";
import { gatesOpenAt } from "../../gate/window.ts";
import type { Policy } from "../../ports.ts";
import { stateTable } from "../../state-table.ts";

/** Which change of a hand-over is allowed: one that has ended stays so. */
export const handOverChanges = stateTable<HandOverState>({
  offered: ["accepted", "refused", "taken_back", "expired", "void"],
  accepted: [],
  refused: [],
  taken_back: [],
  expired: [],
  void: [],
});

// What a CHECK constraint has already assured, told to the types.
const toHandOverState = (text: string): HandOverState => handOverState.parse(text);

/** From when on no ticket of a competition session is offered, handed over or printed. */
export function handOverClosesAt(
  policy: Pick<Policy, "gatesOpenMinutes" | "handOverClosesMinutes">,
  session: { startsAt: Date },
): Date {
  return new Date(gatesOpenAt(policy, session).getTime() - policy.handOverClosesMinutes * 60_000);
}

/** Until when an offer that is made now stands. */
export function offerExpiresAt(policy: Pick<Policy, "handOverDays">, now: Date, closesAt: Date): Date {
  return new Date(Math.min(now.getTime() + policy.handOverDays * 24 * 3_600_000, closesAt.getTime()));
}

/** The state that an offer is in now: one that nobody has answered in time has expired, whether or not that is written. */
export function stateNow(handOver: { state: string; expires_at: Date }, now: Date): HandOverState {
  const state = toHandOverState(handOver.state);
  return state === "offered" && handOver.expires_at <= now ? "expired" : state;
}

/** Throws `hand_over_ended`, with what became of it, for an offer that is over. */
export function assertOpen(
  handOver: { id: string; state: string; expires_at: Date },
  wanted: HandOverState,
  now: Date,
): void {
  const state = stateNow(handOver, now);
  if (!handOverChanges.allows(state, wanted)) {
    throw new CodedError("hand_over_ended", { state, handOverId: handOver.id });
  }
}

type LockedTicket = {
  id: string;
  state: string;
  blocked_at: Date | null;
  competition_session_state: string;
  starts_at: Date;
};

/**
 * Throws unless a ticket may still be printed, given another name, or leave its holder: `conflict` when it was used or
 * cancelled, `ticket_blocked`, and `hand_over_closed` with the moment since when (`closesAt`).
 */
export function assertNotClosed(
  policy: Pick<Policy, "gatesOpenMinutes" | "handOverClosesMinutes">,
  ticket: LockedTicket,
  now: Date,
): void {
  const ticketId = ticket.id;
  if (ticket.state !== "issued") throw new CodedError("conflict", { ticketId, state: ticket.state });
  if (ticket.blocked_at !== null) throw new CodedError("ticket_blocked", { ticketId });
  const closesAt = handOverClosesAt(policy, { startsAt: ticket.starts_at });
  if (now >= closesAt || ticket.competition_session_state !== "scheduled") {
    throw new CodedError("hand_over_closed", { ticketId, closesAt: closesAt.toISOString() });
  }
}

/**
 * Throws unless a ticket may go to somebody else now: as `assertNotClosed`, `hand_over_forbidden` by its competition
 * session, and `hand_over_frozen` with `until` while the giver's second factors were replaced a short while ago.
 */
export function assertMayBeHandedOver(
  policy: Pick<Policy, "gatesOpenMinutes" | "handOverClosesMinutes">,
  ticket: LockedTicket & { hand_over_allowed: boolean },
  { frozenUntil, now }: { frozenUntil: Date | null; now: Date },
): void {
  assertNotClosed(policy, ticket, now);
  if (!ticket.hand_over_allowed) throw new CodedError("hand_over_forbidden", { ticketId: ticket.id });
  assertNotFrozen(frozenUntil, now);
}

/** Throws `hand_over_frozen` with `until`: whoever has just replaced somebody's second factors gives no ticket away. */
export function assertNotFrozen(frozenUntil: Date | null, now: Date): void {
  if (frozenUntil === null || now >= frozenUntil) return;
  throw new CodedError("hand_over_frozen", { until: frozenUntil.toISOString() });
}
