import type { List } from "@tessera/contracts";
import { fromBase64url, type GatePolicy, type IssuerKeys, type ListEntry } from "@tessera/pass";

export type ListedTicket = List["tickets"][number];

/** A list in the form that `verifyCode` and `decide` take. */
export type KnownList = {
  readonly gamesId: string;
  readonly madeAtMs: number;
  /** The server's clock as it answered. */
  readonly answeredAtMs: number;
  readonly competitionSession: List["competitionSession"];
  readonly window: List["window"];
  readonly issuerKeys: IssuerKeys;
  readonly policy: GatePolicy;
  /** By ticket id. */
  readonly entries: ReadonlyMap<string, ListEntry>;
  /** By ticket id: what a person is told about it. */
  readonly tickets: ReadonlyMap<string, ListedTicket>;
};

/**
 * Reads a list once, so that a scan is a look into a map. The zones are those of the whole venue, since a list is made
 * for no gate in particular: a zone that only another gate serves is the server's to refuse.
 */
export function readList(list: List): KnownList {
  const { number } = list.competitionSession;
  return {
    gamesId: list.gamesId,
    madeAtMs: Date.parse(list.madeAt),
    answeredAtMs: Date.parse(list.answeredAt),
    competitionSession: list.competitionSession,
    window: list.window,
    issuerKeys: new Map(
      list.issuerKeys.map(({ id, publicKey, compromised }) => [
        id,
        { publicKey: fromBase64url(publicKey), compromised },
      ]),
    ),
    policy: {
      competitionSessionNumber: number,
      direction: "in",
      zones: list.zones,
      window: { fromMs: Date.parse(list.window.opensAt), untilMs: Date.parse(list.window.closesAt) },
      reentry: "never",
      maxListAgeMs: list.maxAgeSeconds * 1000,
    },
    entries: new Map(list.tickets.map((ticket) => [ticket.id, entryOf(ticket, number)])),
    tickets: new Map(list.tickets.map((ticket) => [ticket.id, ticket])),
  };
}

function entryOf(ticket: ListedTicket, competitionSessionNumber: number): ListEntry {
  return {
    ticketId: ticket.id,
    state: ticket.state,
    competitionSessionNumber,
    zone: ticket.zone,
    category: ticket.category,
    epoch: ticket.epoch,
    passDigest: ticket.passDigest === null ? null : fromBase64url(ticket.passDigest),
    nextTokenDigest: fromBase64url(ticket.nextTokenDigest),
  };
}
