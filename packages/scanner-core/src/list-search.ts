import type { ListedTicket, TicketsOfPart } from "@tessera/pass";
import { type ListIndex, type NamesOf, ticketAt, type TicketPlace } from "./list-index.ts";

const most = 50;

/**
 * Tickets by the beginnings of words of a holder's name, in any order, case and accents ignored, or by the reference of the
 * ticket or its order. Fifty at most, by name.
 */
export function searchTickets(index: ListIndex, namesOf: NamesOf, text: string): ListedTicket[] {
  const words = folded(text).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const starts = words.map((word) => ` ${word}`);
  const reference = toReference(text);
  const found: { readonly place: TicketPlace; readonly name: string }[] = [];
  for (const place of index.places()) {
    const { key, part, row } = place;
    const { tickets } = part;
    const name = foldedNames(namesOf(key))[row] ?? "";
    const isMeant = reference !== null && (tickets.reference[row] === reference || tickets.order[row] === reference);
    if (isMeant || (name !== "" && starts.every((start) => name.includes(start)))) found.push({ place, name });
  }
  return found
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .slice(0, most)
    .flatMap(({ place }) => ticketAt(place, namesOf) ?? []);
}

/** All tickets of an order. */
export function ticketsOfOrder(index: ListIndex, namesOf: NamesOf, orderReference: string): ListedTicket[] {
  const reference = toReference(orderReference);
  if (reference === null) return [];
  const found = index.placesOf((part) => rowsOfOrders(part).get(reference) ?? []);
  return [...found].flatMap((place) => ticketAt(place, namesOf) ?? []);
}

/** Of each part, made when somebody of it comes first: each scan asks for a party. */
const knownOrders = new WeakMap<TicketsOfPart, ReadonlyMap<string, readonly number[]>>();

/** The rows of each order in a part. */
function rowsOfOrders(part: TicketsOfPart): ReadonlyMap<string, readonly number[]> {
  const known = knownOrders.get(part);
  if (known !== undefined) return known;
  const rows = Map.groupBy(part.tickets.order.keys(), (row) => part.tickets.order[row] ?? "");
  knownOrders.set(part, rows);
  return rows;
}

/** Of a part's names, made at the first search and forgotten with them. */
const foldedOf = new WeakMap<readonly string[], readonly string[]>();

function foldedNames(names: readonly string[] | null): readonly string[] {
  if (names === null) return [];
  const known = foldedOf.get(names) ?? names.map((name) => ` ${folded(name)}`);
  foldedOf.set(names, known);
  return known;
}

/** Words without case, accents and signs, a space between them. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** As Crockford's base32 reads it: in either case, O as 0, I and L as 1, without what groups the signs. */
function toReference(text: string): string | null {
  const signs = text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(signs) ? signs : null;
}
