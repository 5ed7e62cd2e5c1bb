import type { Policy } from "../ports.ts";

type Times = { startsAt: Date; endsAt: Date };

/** When the gates of a competition session open, as everybody is told. */
export function gatesOpenAt(policy: Pick<Policy, "gatesOpenMinutes">, { startsAt }: Pick<Times, "startsAt">): Date {
  return new Date(startsAt.getTime() - policy.gatesOpenMinutes * 60_000);
}

/** Demo: the gates of 2028 must open today. */
const ever = { opensAt: new Date(0), closesAt: new Date("2100-01-01T00:00:00Z") };

/** When a scanner lets people in: from the opening of the gates until the end. */
export function gateWindow(
  policy: Pick<Policy, "gatesOpenMinutes" | "gatesAlwaysOpen">,
  session: Times,
): { opensAt: Date; closesAt: Date } {
  return policy.gatesAlwaysOpen ? ever : { opensAt: gatesOpenAt(policy, session), closesAt: session.endsAt };
}
