import type { OfferKind } from "@tessera/contracts";
import { fromBase64url } from "./bytes.ts";
import type { ListColumns, ListedEntry, ListedPassage, ReadListPart } from "./list.ts";
import type { EarlierScan, ListEntry } from "./policy.ts";
import { uuidFromBytes } from "./uuid.ts";

/** One ticket of a list: what `decide` takes, and what a person is told about it. */
export type ListedTicket = {
  readonly entry: ListEntry;
  /** Ten characters of Crockford's base32; so is the order's. */
  readonly reference: string;
  readonly order: string;
  /** Null while names are locked. */
  readonly holderName: string | null;
  readonly kind: OfferKind;
  readonly name: { readonly fr: string; readonly en: string } | null;
  /** The first entry and the newest passage, as far as there are any; `gate` is the gate's id. */
  readonly passages: readonly EarlierScan[];
};

/** As much of a part as its tickets are put together from: names are kept apart. */
export type TicketsOfPart = Pick<ReadListPart, "competitionSession" | "gates" | "offers"> & {
  readonly tickets: Omit<ListColumns, "holderName">;
};

/** Puts together the ticket in one row of a part; undefined if there is no such row. */
export function listedTicketAt(part: TicketsOfPart, row: number, holderName: string | null): ListedTicket | undefined {
  const { tickets, offers, competitionSession } = part;
  const [id, state, epoch, zone] = [tickets.id[row], tickets.state[row], tickets.epoch[row], tickets.zone[row]];
  const [category, offer] = [tickets.category[row], offers[tickets.offer[row] ?? -1]];
  const [reference, order] = [tickets.reference[row], tickets.order[row]];
  const [passDigest, nextTokenDigest] = [tickets.passDigest[row] ?? null, tickets.nextTokenDigest[row]];
  if (id === undefined || state === undefined || epoch === undefined || zone === undefined) return undefined;
  if (category === undefined || offer === undefined || reference === undefined || order === undefined) return undefined;
  if (nextTokenDigest === undefined) return undefined;
  return {
    entry: {
      ticketId: uuidFromBytes(fromBase64url(id)),
      state,
      competitionSessionNumber: competitionSession.number,
      zone,
      category,
      epoch,
      passDigest: passDigest === null ? null : fromBase64url(passDigest),
      nextTokenDigest: fromBase64url(nextTokenDigest),
    },
    reference,
    order,
    holderName,
    ...offer,
    passages: passagesAt(part, row),
  };
}

function passagesAt({ tickets, gates }: TicketsOfPart, row: number): EarlierScan[] {
  const [first, last] = [tickets.firstEntry[row] ?? null, tickets.lastPassage[row] ?? null];
  const passage = ([atMs, gate, byHand]: ListedEntry | ListedPassage, direction: "in" | "out"): EarlierScan => ({
    direction,
    atMs,
    gate: gates[gate]?.id ?? "",
    byHand,
  });
  return [...(first === null ? [] : [passage(first, "in")]), ...(last === null ? [] : [passage(last, last[3])])];
}
