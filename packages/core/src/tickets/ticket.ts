import { type TicketState, ticketState } from "@tessera/contracts";
import { gatesOpenAt } from "../gate/window.ts";
import type { Policy } from "../ports.ts";

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
