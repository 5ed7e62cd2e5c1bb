import {
  decide,
  fromBase64url,
  parseList,
  readCode,
  type SignedList,
  ticketFinder,
  uuidFromBytes,
  verifyCode,
  verifyList,
} from "@tessera/pass";
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

/** What a tablet says of a code that has this list and reaches nobody. */
export async function decideByList(list: ReturnType<typeof openList>, code: string, at: Date) {
  const { issuerKeys, competitionSession, window, find } = list;
  const keys = new Map(
    issuerKeys.map(({ id, publicKey, compromised }) => [id, { publicKey: fromBase64url(publicKey), compromised }]),
  );
  const read = readCode(code);
  const { outcome, reason } = decide(
    await verifyCode(read, keys, list.gamesId),
    {
      competitionSessionNumber: competitionSession.number,
      direction: "in",
      zones: list.zones,
      window: { fromMs: Date.parse(window.opensAt), untilMs: Date.parse(window.closesAt) },
      reentry: "never",
      maxListAgeMs: list.maxAgeSeconds * 1000,
    },
    {
      entry: (read.ok ? find(read.code.pass.ticketId)?.entry : undefined) ?? null,
      listMadeAtMs: Date.parse(list.madeAt),
      competitionSessionCancelled: competitionSession.state === "cancelled",
      earlier: [],
      clockInDoubt: false,
    },
    at.getTime(),
  );
  return { outcome, reason };
}
