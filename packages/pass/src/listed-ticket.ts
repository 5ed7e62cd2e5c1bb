import type { Gate, OfferKind } from "@tessera/contracts";
import { fromBase64url, toBase64url } from "./bytes.ts";
import type { ReadList } from "./list.ts";
import type { ListEntry } from "./policy.ts";
import { uuidToBytes } from "./uuid.ts";

/** One ticket of a list: what `decide` takes, and what a person is told about it. */
export type ListedTicket = {
  readonly entry: ListEntry;
  readonly holderName: string;
  readonly kind: OfferKind;
  readonly name: { readonly fr: string; readonly en: string } | null;
  /** The first admission; unix milliseconds. */
  readonly admitted: { readonly atMs: number; readonly gate: Gate } | null;
};

/**
 * Finds a list's tickets by their ids (UUIDs in lower case; anything else is not listed). A large list is indexed once,
 * and each ticket put together when it is asked for.
 */
export function ticketFinder(list: ReadList): (ticketId: string) => ListedTicket | undefined {
  const rows = new Map(list.tickets.id.map((id, row) => [id, row]));
  return (ticketId) => {
    const row = rows.get(wireId(ticketId));
    return row === undefined ? undefined : ticketAt(list, row, ticketId);
  };
}

function wireId(ticketId: string): string {
  try {
    return toBase64url(uuidToBytes(ticketId));
  } catch {
    return "";
  }
}

function ticketAt(list: ReadList, row: number, ticketId: string): ListedTicket | undefined {
  const { tickets, offers, gates, competitionSession } = list;
  const [state, epoch, zone, category] = [
    tickets.state[row],
    tickets.epoch[row],
    tickets.zone[row],
    tickets.category[row],
  ];
  const [passDigest, nextTokenDigest] = [tickets.passDigest[row] ?? null, tickets.nextTokenDigest[row]];
  const [holderName, offer] = [tickets.holderName[row], offers[tickets.offer[row] ?? -1]];
  const [atMs, gate] = [tickets.admittedAt[row] ?? null, gates[tickets.admittedGate[row] ?? -1]];
  if (state === undefined || epoch === undefined || zone === undefined || category === undefined) return undefined;
  if (nextTokenDigest === undefined || holderName === undefined || offer === undefined) return undefined;
  return {
    entry: {
      ticketId,
      state,
      competitionSessionNumber: competitionSession.number,
      zone,
      category,
      epoch,
      passDigest: passDigest === null ? null : fromBase64url(passDigest),
      nextTokenDigest: fromBase64url(nextTokenDigest),
    },
    holderName,
    ...offer,
    admitted: atMs === null || gate === undefined ? null : { atMs, gate },
  };
}
