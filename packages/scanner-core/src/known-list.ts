import type { Gate } from "@tessera/contracts";
import type { Direction, GatePolicy, IssuerKeys, ListedTicket, ListEntry, ListHead } from "@tessera/pass";

/** How many tickets of one zone there are, and how many of them are inside, as far as the list knows. */
export type ZoneCount = { readonly zone: number; readonly tickets: number; readonly inside: number };

/** A list in the form that `verifyCode` and `decide` take. Another object as soon as anything in it has changed. */
export type KnownList = Pick<ListHead, "gamesId" | "number" | "competitionSession" | "window" | "gates"> & {
  readonly madeAtMs: number;
  readonly issuerKeys: IssuerKeys;
  /** How many tickets it has. */
  readonly size: number;
  /** What a gate of the venue lets through; of a gate that it does not know, nobody. */
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
