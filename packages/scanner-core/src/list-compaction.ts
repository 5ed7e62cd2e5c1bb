import type { ListedEntry, ListedPassage, TicketsOfPart } from "@tessera/pass";
import type { ListIndex, NamesOf, TicketPlace } from "./list-index.ts";

/** So many small parts are put together: each delta is a part, and a start reads them one by one. */
const mostSmallParts = 24;
const smallRows = 2500;
/** As many as a page from the server has. */
const rowsAPart = 5000;

/** A part that was put together, and the names in it. */
type MergedPart = { readonly part: TicketsOfPart; readonly names: readonly string[] };

/**
 * Which of these parts should be put together now: all when most rows of the list are outdated, the small ones when they
 * are many.
 */
export function partsToMerge(index: ListIndex, keys: readonly string[]): ReadonlySet<string> {
  const small = keys.filter((key) => index.rowsOf(key) < smallRows);
  if (small.length > mostSmallParts) return new Set(small);
  const rows = keys.reduce((sum, key) => sum + index.rowsOf(key), 0);
  return new Set(rows > 2 * index.size + 2 * rowsAPart ? keys : []);
}

/**
 * The tickets of these parts that no later part has replaced, in as few parts as they fit into, one by one. Nothing there
 * is newer than they are, and so they belong at the end of the list.
 */
export function* mergeParts(index: ListIndex, keys: ReadonlySet<string>, namesOf: NamesOf): Generator<MergedPart> {
  let places: TicketPlace[] = [];
  for (const place of index.placesIn(keys)) {
    places.push(place);
    if (places.length < rowsAPart) continue;
    yield merge(places, namesOf);
    places = [];
  }
  if (places.length > 0) yield merge(places, namesOf);
}

function merge(places: readonly TicketPlace[], namesOf: NamesOf): MergedPart {
  const [first] = places;
  if (first === undefined) throw new Error("there is nothing to put together");
  const [gates, offers] = [gathered<Gates[number]>(({ id }) => id), gathered<Offers[number]>(JSON.stringify)];
  const atGate = (part: TicketsOfPart, place: number) => gates.placeOf(part.gates[place]);
  return {
    part: {
      competitionSession: first.part.competitionSession,
      tickets: {
        id: pick(places, ({ id }) => id),
        state: pick(places, ({ state }) => state),
        epoch: pick(places, ({ epoch }) => epoch),
        zone: pick(places, ({ zone }) => zone),
        category: pick(places, ({ category }) => category),
        offer: places.map(({ part, row }) => offers.placeOf(part.offers[part.tickets.offer[row] ?? -1])),
        passDigest: pick(places, ({ passDigest }) => passDigest),
        nextTokenDigest: pick(places, ({ nextTokenDigest }) => nextTokenDigest),
        reference: pick(places, ({ reference }) => reference),
        order: pick(places, ({ order }) => order),
        firstEntry: places.map(({ part, row }): ListedEntry | null => {
          const [atMs, gate, byHand] = part.tickets.firstEntry[row] ?? [];
          return atMs === undefined || gate === undefined ? null : [atMs, atGate(part, gate), byHand === true];
        }),
        lastPassage: places.map(({ part, row }): ListedPassage | null => {
          const [atMs, gate, byHand, direction] = part.tickets.lastPassage[row] ?? [];
          if (atMs === undefined || gate === undefined || direction === undefined) return null;
          return [atMs, atGate(part, gate), byHand === true, direction];
        }),
      },
      gates: gates.all,
      offers: offers.all,
    },
    names: places.map(({ key, row }) => namesOf(key)?.[row] ?? ""),
  };
}
type Gates = TicketsOfPart["gates"];
type Offers = TicketsOfPart["offers"];

function pick<Cell>(places: readonly TicketPlace[], columnOf: (tickets: TicketsOfPart["tickets"]) => readonly Cell[]) {
  const cells: Cell[] = [];
  for (const { part, row } of places) {
    const cell = columnOf(part.tickets)[row];
    if (cell !== undefined) cells.push(cell);
  }
  return cells;
}

/** What several parts name, once each, and where it stands then. */
function gathered<Value>(keyOf: (value: Value) => string) {
  const all: Value[] = [];
  const places = new Map<string, number>();
  const placeOf = (value: Value | undefined): number => {
    if (value === undefined) throw new Error("a part counts in what it does not name");
    const key = keyOf(value);
    const place = places.get(key) ?? all.push(value) - 1;
    places.set(key, place);
    return place;
  };
  return { all, placeOf };
}
