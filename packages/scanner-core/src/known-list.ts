import type { Gate } from "@tessera/contracts";
import {
  type Direction,
  fromBase64url,
  type GatePolicy,
  homeGateOf,
  type IssuerKeys,
  type ListedTicket,
  type ListEntry,
} from "@tessera/pass";
import { type ListIndex, type NamesOf, ticketAt } from "./list-index.ts";
import { searchTickets, ticketsOfOrder } from "./list-search.ts";
import type { KnownHead } from "./list-store.ts";

/** How many tickets of one zone there are, and how many of them are inside, as far as the list knows. */
export type ZoneCount = { readonly zone: number; readonly tickets: number; readonly inside: number };

/** A list in the form that `verifyCode` and `decide` take. Another object as soon as anything in it has changed. */
export type KnownList = Pick<KnownHead, "gamesId" | "number" | "competitionSession" | "window" | "gates"> & {
  readonly madeAtMs: number;
  readonly issuerKeys: IssuerKeys;
  /** How many tickets it has. */
  readonly size: number;
  /** What a gate of the venue lets through; a gate that the list does not know lets nobody through. */
  readonly policy: (direction: Direction, gateId: string) => GatePolicy;
  /** UUID in lower case; anything else is not listed. */
  readonly find: (ticketId: string) => ListedTicket | undefined;
  /**
   * Whom somebody means by the beginnings of words of a name, in any order, case and accents ignored, or by the reference
   * of a ticket or an order, however it is grouped. Fifty at most, by name.
   */
  readonly search: (text: string) => readonly ListedTicket[];
  /** All tickets of an order. */
  readonly party: (orderReference: string) => readonly ListedTicket[];
  /** By zone. */
  readonly inside: () => readonly ZoneCount[];
  /** Where the holder is sent to; null where no gate leads to the ticket's zone. */
  readonly homeGate: (ticket: Pick<ListEntry, "ticketId" | "zone">) => Gate | null;
};

/** Prepares what a list says once, so that a scan is a look into a map. */
export function knowList(head: KnownHead, index: ListIndex, namesOf: NamesOf): KnownList {
  const { gamesId, number, competitionSession, window, gates, policy, issuerKeys } = head;
  let counts: readonly ZoneCount[] | undefined;
  return {
    gamesId,
    number,
    competitionSession,
    window,
    gates,
    madeAtMs: Date.parse(head.madeAt),
    issuerKeys: new Map(
      issuerKeys.map(({ id, publicKey, compromised }) => [id, { publicKey: fromBase64url(publicKey), compromised }]),
    ),
    size: index.size,
    policy: (direction, gateId) => ({
      competitionSessionNumber: competitionSession.number,
      direction,
      zones: gates.find(({ id }) => id === gateId)?.zones ?? [],
      window: { fromMs: Date.parse(window.opensAt), untilMs: Date.parse(window.closesAt) },
      reentry: policy.reentry,
      maxListAgeMs: policy.maxAgeSeconds * 1000,
      offlineAdmission: policy.offlineAdmission,
      stricter: policy.listTooOld === "refuse" ? { list_too_old: "refuse" } : {},
    }),
    find: (ticketId) => {
      const place = index.find(ticketId);
      return place && ticketAt(place, namesOf);
    },
    search: (text) => searchTickets(index, namesOf, text),
    party: (orderReference) => ticketsOfOrder(index, namesOf, orderReference),
    inside: () => (counts ??= countZones(index)),
    homeGate: (ticket) => homeGateOf(ticket, gates),
  };
}

function countZones(index: ListIndex): readonly ZoneCount[] {
  const zones = new Map<number, { tickets: number; inside: number }>();
  for (const { part, row } of index.places()) {
    const { zone: zoneOf, firstEntry, lastPassage } = part.tickets;
    const zone = zoneOf[row] ?? 0;
    const count = zones.get(zone) ?? { tickets: 0, inside: 0 };
    const last = lastPassage[row]?.[3] ?? (firstEntry[row] ? "in" : "out");
    zones.set(zone, { tickets: count.tickets + 1, inside: count.inside + Number(last === "in") });
  }
  return [...zones].map(([zone, count]) => ({ zone, ...count })).toSorted((a, b) => a.zone - b.zone);
}
