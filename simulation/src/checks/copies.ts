import type { CoreContext } from "@tessera/core";
import { fetchList } from "@tessera/core/testing";
import type { ListedTicket } from "@tessera/pass";
import type { KnownList } from "@tessera/scanner-core";
import type { Finding } from "./finding.ts";

export type Copy = { readonly id: string; readonly list: KnownList | null };

/** Whether every tablet's list says of each ticket what the server's would say now. */
export async function checkCopies(
  ctx: CoreContext,
  competitionSessionId: string,
  copies: readonly Copy[],
): Promise<Finding[]> {
  const { tickets } = await fetchList(ctx, { competitionSessionId });
  const wanted = tickets.map((ticket) => ({ id: ticket.entry.ticketId, said: whatItSays(ticket) }));
  return copies.flatMap(({ id, list }): Finding[] => {
    if (list === null) return [{ kind: "copies", what: `tablet ${id} has no list` }];
    if (list.size !== tickets.length) {
      return [{ kind: "copies", what: `tablet ${id} has ${list.size} tickets of ${tickets.length}` }];
    }
    const other = wanted.flatMap(({ id: ticketId, said }) => {
      const found = list.find(ticketId);
      const known = found === undefined ? "nothing" : whatItSays(found);
      return known === said ? [] : [`${ticketId}: ${known} instead of ${said}`];
    });
    return other
      .slice(0, 3)
      .map((what): Finding => ({ kind: "copies", what: `tablet ${id} of ${other.length}: ${what}` }));
  });
}

/** All but the holder's name, which only an unlocked tablet can read. */
function whatItSays({ entry, passages }: ListedTicket): string {
  const { state, epoch, zone, category, passDigest, nextTokenDigest } = entry;
  const digests = [passDigest ?? new Uint8Array(), nextTokenDigest].map((bytes) => Buffer.from(bytes).toString("hex"));
  const seen = passages.map(({ direction, atMs, gate, byHand }) => [direction, atMs, gate, byHand === true]);
  return JSON.stringify([state, epoch, zone, category, ...digests, seen]);
}
