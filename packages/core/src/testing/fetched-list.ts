import type { ListPartInput } from "@tessera/contracts";
import {
  decide,
  fromBase64url,
  listedTicketAt,
  parseListPart,
  readCode,
  type ReadListPart,
  type SignedList,
  toBase64url,
  uuidFromBytes,
  verifyCode,
  verifyList,
} from "@tessera/pass";
import type { CoreContext } from "../context.ts";
import { readListPart } from "../gate/lists/read-list-part.ts";
import { loadOrganiserKeys } from "../keys/organiser-keys.ts";

/** One part as a tablet reads it that trusts the organiser's list keys. */
export async function fetchPart(
  ctx: CoreContext,
  {
    competitionSessionId,
    cursor = null,
    after = null,
    above = 0,
  }: Pick<ListPartInput, "competitionSessionId"> & Partial<ListPartInput>,
): Promise<{ signed: SignedList; part: ReadListPart }> {
  const keys = (await loadOrganiserKeys(ctx)).listPublicKeys(ctx.clock());
  const trusted = keys.map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) }));
  const tablet = { competitionSessionIds: [competitionSessionId] };
  const signed = await readListPart(ctx, tablet, { competitionSessionId, cursor, after, above });
  const verified = await verifyList(signed, trusted, ctx.policy.gamesId);
  if (verified !== "good") throw new Error(`a part is no good: ${verified}`);
  const read = parseListPart(signed.body);
  if (!read.ok) throw new Error(`a part cannot be read: ${read.reason}`);
  return { signed, part: read.part };
}

/** What follows a part: the next page of a fresh list, or what has changed since. */
export function nextOf({
  number,
  page,
  more,
  cursor,
  tickets,
  competitionSession: { id },
}: ReadListPart): ListPartInput {
  if (page === null || !more) return { competitionSessionId: id, cursor, after: null, above: number };
  const last = uuidFromBytes(fromBase64url(tickets.id.at(-1) ?? ""));
  const after = { first: page.first, index: page.index + 1, ticketId: last };
  return { competitionSessionId: id, cursor: null, after, above: number };
}

/** A fresh list as a tablet reads it, with every ticket that it finds in it. */
export async function fetchList(ctx: CoreContext, input: { competitionSessionId: string }) {
  const first = await fetchPart(ctx, input);
  const parts = [first.part];
  for (let last = first.part; last.more;) {
    ({ part: last } = await fetchPart(ctx, nextOf(last)));
    parts.push(last);
  }
  return { signed: first.signed, ...openParts(parts) };
}

/** What a signed text says, whoever has signed it. */
export function openList({ body }: SignedList) {
  const read = parseListPart(body);
  if (!read.ok) throw new Error(`a part cannot be read: ${read.reason}`);
  return openParts([read.part]);
}

function openParts(parts: readonly ReadListPart[]) {
  const [first] = parts;
  if (first === undefined) throw new Error("no parts");
  const tickets = parts.flatMap((part) =>
    part.tickets.id.flatMap((_, row) => listedTicketAt(part, row, part.tickets.holderName[row] ?? null) ?? []),
  );
  const byId = new Map(tickets.map((ticket) => [ticket.entry.ticketId, ticket]));
  return { ...first, find: (ticketId: string) => byId.get(ticketId), tickets };
}

/** What a tablet says of a code that has this list and reaches nobody. */
export async function decideByList(list: ReturnType<typeof openList>, code: string, at: Date) {
  const { issuerKeys, competitionSession, window, find } = list;
  const keys = new Map(
    issuerKeys.map(({ id, publicKey, compromised }) => [id, { publicKey: fromBase64url(publicKey), compromised }]),
  );
  const read = readCode(code);
  const listed = read.ok ? find(read.code.pass.ticketId) : undefined;
  const { outcome, reason } = decide(
    await verifyCode(read, keys, list.gamesId),
    {
      competitionSessionNumber: competitionSession.number,
      direction: "in",
      zones: list.gates.flatMap(({ zones }) => zones),
      window: { fromMs: Date.parse(window.opensAt), untilMs: Date.parse(window.closesAt) },
      reentry: list.policy.reentry,
      maxListAgeMs: list.policy.maxAgeSeconds * 1000,
    },
    {
      entry: listed?.entry ?? null,
      listMadeAtMs: Date.parse(list.madeAt),
      competitionSessionCancelled: competitionSession.state === "cancelled",
      earlier: listed?.passages ?? [],
      clockInDoubt: false,
    },
    at.getTime(),
  );
  return { outcome, reason };
}
