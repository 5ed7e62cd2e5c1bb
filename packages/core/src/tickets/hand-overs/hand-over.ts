import { type HandOverState, handOverState } from "@tessera/contracts";
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
export const toHandOverState = (text: string): HandOverState => handOverState.parse(text);

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
