import { parseList, type SignedList, ticketFinder, uuidFromBytes, verifyList, fromBase64url } from "@tessera/pass";
import type { CoreContext } from "../context.ts";
import { readListKeys } from "../gate/read-list-keys.ts";
import { readList } from "../gate/read-list.ts";

/** A list as a tablet reads it that trusts the organiser's list keys; with every ticket that it finds in it. */
export async function fetchList(ctx: CoreContext, input: { competitionSessionId: string }) {
  const { gamesId, keys } = await readListKeys(ctx);
  const signed = await readList(ctx, input);
  const verified = await verifyList(signed, keys, gamesId);
  if (verified !== "good") throw new Error(`a list is no good: ${verified}`);
  return { signed, ...openList(signed) };
}

/** What a list says, whoever has signed it. */
export function openList({ body }: SignedList) {
  const read = parseList(body);
  if (!read.ok) throw new Error(`a list cannot be read: ${read.reason}`);
  const find = ticketFinder(read.list);
  const tickets = read.list.tickets.id.flatMap((id) => find(uuidFromBytes(fromBase64url(id))) ?? []);
  return { ...read.list, find, tickets };
}
