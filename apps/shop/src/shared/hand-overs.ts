import type { HandOver } from "@tessera/contracts";

/** What somebody offers or has offered to somebody, at once or bit by bit. */
type Offers = { readonly other: string | null; readonly handOvers: readonly HandOver[] };

/** Open offers to the visitor, by who makes them. */
export function offersToMe(handOvers: readonly HandOver[]): Offers[] {
  const open = handOvers.filter(({ state, direction }) => state === "offered" && direction === "received");
  return [...Map.groupBy(open, ({ other }) => other)].map(([other, group]) => ({
    other,
    handOvers: group.toSorted(
      (a, b) =>
        a.competitionSession.startsAt.localeCompare(b.competitionSession.startsAt) ||
        a.ticketReference.localeCompare(b.ticketReference),
    ),
  }));
}

/** By when all of them are to be answered (ISO 8601). */
export function firstEnd(handOvers: readonly HandOver[]): string {
  return handOvers.map(({ expiresAt }) => expiresAt).toSorted()[0] ?? "";
}

/** Who the visitor has each ticket from that others gave, by ticket. */
export function giversOf(handOvers: readonly HandOver[]): ReadonlyMap<string, string> {
  const received = handOvers.filter(({ state, direction }) => state === "accepted" && direction === "received");
  return new Map(
    newestOfTickets(received).flatMap(({ ticketId, other }) => (other === null ? [] : [[ticketId, other]])),
  );
}

/** Tickets of an order that are somebody else's by now. */
export function givenOf(handOvers: readonly HandOver[], orderId: string, held: ReadonlySet<string>): HandOver[] {
  const given = handOvers.filter(
    (one) =>
      one.state === "accepted" && one.direction === "given" && one.orderId === orderId && !held.has(one.ticketId),
  );
  return newestOfTickets(given).toSorted((a, b) => a.ticketReference.localeCompare(b.ticketReference));
}

/** How the visitor last gave a ticket away; undefined if never. */
export function givenAway(handOvers: readonly HandOver[], ticketId: string): HandOver | undefined {
  const [newest] = newestOfTickets(
    handOvers.filter((one) => one.ticketId === ticketId && one.state === "accepted" && one.direction === "given"),
  );
  return newest;
}

/** A ticket may go to and fro. */
function newestOfTickets(handOvers: readonly HandOver[]): HandOver[] {
  const oldestFirst = handOvers.toSorted((a, b) => (a.endedAt ?? "").localeCompare(b.endedAt ?? ""));
  return [...new Map(oldestFirst.map((one) => [one.ticketId, one])).values()];
}
