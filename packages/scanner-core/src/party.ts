import type { ListedTicket } from "@tessera/pass";
import { earlierOf, type Here, isInside } from "./decide-here.ts";

/**
 * How many of those who belong together are inside, and how many there are: who came by a family's or another offer for
 * several, as far as it is for this competition session; else all of the order. Cancelled tickets are nobody's, and several
 * families of one offer and order are one. Null for one who comes alone.
 */
export function partyOf(
  listed: ListedTicket,
  { list, passagesOf }: Pick<Here, "list" | "passagesOf">,
): { readonly inside: number; readonly of: number } | null {
  const party = list
    .party(listed.order)
    .filter((one) => one.entry.state !== "revoked" && (listed.kind === "solo" || isOfOneOffer(one, listed)));
  if (party.length < 2) return null;
  const inside = party.filter((one) => isInside(earlierOf(one, passagesOf(one.entry.ticketId)))).length;
  return { inside, of: party.length };
}

/** Whether two tickets of an order were sold as one, by all that a list says of that. */
function isOfOneOffer(one: ListedTicket, other: ListedTicket): boolean {
  return (
    one.kind === other.kind &&
    one.entry.category === other.entry.category &&
    one.name?.fr === other.name?.fr &&
    one.name?.en === other.name?.en
  );
}
