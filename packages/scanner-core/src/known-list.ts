import type { List } from "@tessera/contracts";
import {
  fromBase64url,
  type GatePolicy,
  type IssuerKeys,
  type ListedTicket,
  type ReadList,
  ticketFinder,
} from "@tessera/pass";

/** A list in the form that `verifyCode` and `decide` take. */
export type KnownList = Pick<ReadList, "gamesId" | "number" | "competitionSession" | "window"> & {
  readonly madeAtMs: number;
  /** The server's clock as it answered. */
  readonly answeredAtMs: number;
  readonly issuerKeys: IssuerKeys;
  readonly policy: GatePolicy;
  readonly find: (ticketId: string) => ListedTicket | undefined;
};

/**
 * Prepares a list once, so that a scan is a look into a map. The zones are those of the whole venue, since a list is made
 * for no gate in particular: a zone that only another gate serves is the server's to refuse.
 */
export function knowList(list: ReadList, { answeredAt }: Pick<List, "answeredAt">): KnownList {
  const { gamesId, number, competitionSession, window } = list;
  return {
    gamesId,
    number,
    competitionSession,
    window,
    madeAtMs: Date.parse(list.madeAt),
    answeredAtMs: Date.parse(answeredAt),
    issuerKeys: new Map(
      list.issuerKeys.map(({ id, publicKey, compromised }) => [
        id,
        { publicKey: fromBase64url(publicKey), compromised },
      ]),
    ),
    policy: {
      competitionSessionNumber: competitionSession.number,
      direction: "in",
      zones: list.zones,
      window: { fromMs: Date.parse(window.opensAt), untilMs: Date.parse(window.closesAt) },
      reentry: "never",
      maxListAgeMs: list.maxAgeSeconds * 1000,
    },
    find: ticketFinder(list),
  };
}
