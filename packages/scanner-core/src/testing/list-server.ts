import { randomBytes } from "node:crypto";
import type { ListPart, ListPartInput } from "@tessera/contracts";
import { type ListHead, type ListPlace, type ListRow, toBase64url, uuidToBytes } from "@tessera/pass";
import { makeListKey, publicHalf, signPart } from "./signed-lists.ts";

const iso = (ms: number): string => new Date(ms).toISOString();
const dayMs = Date.UTC(2028, 6, 15);
export const gates = [
  { id: "01990b5a-7c00-7abc-8def-0000000000aa", code: "A", name: "Gate A", zones: [1] },
  { id: "01990b5a-7c00-7abc-8def-0000000000bb", code: "B", name: "Gate B", zones: [1, 2] },
] as const;
export const competitionSessionId = "01990b5a-7c00-7abc-8def-000000000305";

/** The id of the ticket of a number: they rise with it. */
export const ticketIdOf = (ticket: number): string => `01990b5a-7c00-7abc-8def-${String(ticket).padStart(12, "0")}`;
const referenceOf = (letter: string, number: number): string => `${letter}${String(number).padStart(9, "0")}`;
export const ticketReference = (ticket: number): string => referenceOf("T", ticket);
/** Two tickets an order. */
export const orderReference = (ticket: number): string => referenceOf("R", Math.floor(ticket / 2));

export type TicketChange = Partial<
  Pick<ListRow, "state" | "epoch" | "zone" | "holderName" | "firstEntry" | "lastPassage">
>;

/** What the server knows of one competition session's tickets, and the parts in which it tells it. */
export function createListServer(nowMs: () => number) {
  const listKey = makeListKey(1);
  const issuerKey = { id: 1, publicKey: toBase64url(randomBytes(32)), compromised: false };
  const rows = new Map<number, { row: ListRow; changed: number }>();
  const server = {
    listKey,
    issuerKey,
    /** Most tickets of a part. */
    limit: 4,
    number: 1000,
    changes: 100,
    /** What the next parts say otherwise. */
    head: {} as Partial<ListHead>,
    key: listKey,
    asked: [] as ListPartInput[],
    pinned: { gamesId: "test-2028", listKeys: [publicHalf(listKey)], issuerKeys: [publicHalf(issuerKey)] },
    change: (ticket: number, change: TicketChange = {}): void => {
      const before = rows.get(ticket)?.row ?? newRow(ticket);
      rows.set(ticket, { row: { ...before, ...change }, changed: (server.changes += 1) });
    },
    rows: () => [...rows.values()].map(({ row }) => row),
    headNow: (): ListHead => ({
      gamesId: "test-2028",
      number: (server.number += 1),
      madeAt: iso(nowMs()),
      competitionSession: { ...competitionSession, number: 305 },
      window: { opensAt: iso(dayMs), closesAt: iso(dayMs + 86_400_000) },
      policy: { reentry: "never", offlineAdmission: "any", maxAgeSeconds: 900, listTooOld: "check" },
      issuerKeys: [issuerKey],
      listKeys: [publicHalf(listKey)],
      gates,
      offers: [{ kind: "duo", name: null }],
      ...server.head,
    }),
    sign: (head: ListHead & ListPlace, tickets: readonly ListRow[] = []): ListPart =>
      signPart(head, { tickets, key: server.key, answeredAt: iso(nowMs()) }),
    answer: (input: ListPartInput): ListPart => {
      server.asked.push(input);
      const head = server.headNow();
      const { found, place } = input.cursor === null ? page(input, head.number) : delta(input.cursor);
      const more = found.length > server.limit;
      const tickets = found.slice(0, server.limit).map(({ row }) => row);
      const cursor = more && place.page === null ? String(found[server.limit - 1]?.changed) : String(server.changes);
      return { ...server.sign({ ...head, ...place, cursor, more }, tickets), total: place.page && rows.size };
    },
  };
  const page = ({ after }: ListPartInput, number: number) => {
    const last = after === null ? "" : after.ticketId;
    const found = [...rows]
      .filter(([ticket]) => ticketIdOf(ticket) > last)
      .toSorted(([a], [b]) => a - b)
      .map(([, kept]) => kept);
    const [first, index] = [after?.first ?? number, after?.index ?? 0];
    const afterId = after === null ? null : toBase64url(uuidToBytes(after.ticketId));
    return { found, place: { since: null, page: { first, index, after: afterId } } };
  };
  const delta = (since: string) => {
    const found = [...rows.values()].filter(({ changed }) => changed > Number(since));
    return { found: found.toSorted((a, b) => a.changed - b.changed), place: { since, page: null } };
  };
  return server;
}

const newRow = (ticket: number): ListRow => ({
  id: toBase64url(uuidToBytes(ticketIdOf(ticket))),
  state: "good",
  epoch: 1,
  zone: 1,
  category: "B",
  holderName: `Nobody ${ticket}`,
  offer: 0,
  passDigest: toBase64url(randomBytes(12)),
  nextTokenDigest: toBase64url(randomBytes(12)),
  reference: ticketReference(ticket),
  order: orderReference(ticket),
  firstEntry: null,
  lastPassage: null,
});

const competitionSession = {
  id: competitionSessionId,
  code: "ATH05",
  disciplineCode: "ATH",
  discipline: "Athletics",
  events: "Women's 100 m",
  medal: true,
  venueCode: "STA",
  venue: "Stadium",
  city: "Paris",
  timeZone: "Europe/Paris",
  state: "scheduled",
  startsAt: iso(dayMs + 64_800_000),
  endsAt: iso(dayMs + 72_000_000),
} as const;
