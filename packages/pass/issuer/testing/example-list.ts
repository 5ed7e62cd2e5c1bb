import { hash } from "node:crypto";
import { toBase64url } from "../../src/bytes.ts";
import { type ListHead, type ListKey, listPieces, type ListRow, type SignedList } from "../../src/list.ts";
import { uuidToBytes } from "../../src/uuid.ts";
import { signList } from "../sign-list.ts";
import { type LoadedSigningKey, loadSigningKey } from "../signing-key.ts";
import { bytesOf, gamesId, issuerKey, ticketId } from "./example.ts";

export const listKey = loadSigningKey(bytesOf(0xa0));
export const trustedKeys: readonly ListKey[] = [{ id: 1, publicKey: toBase64url(listKey.publicKey) }];

const place = { venueCode: "STA", venue: "Stade de la Seine", city: "Paris", timeZone: "Europe/Paris" };
const event = { disciplineCode: "ATH", discipline: "Athletics", events: "Women’s 100 m", medal: true };

export const exampleHead: ListHead = {
  gamesId,
  number: 1_847_296_805_000,
  madeAt: "2028-07-15T18:00:05.000Z",
  competitionSession: {
    id: "01990b5a-7c00-7abc-8def-000000000305",
    number: 305,
    code: "ATH05",
    ...event,
    ...place,
    state: "scheduled",
    startsAt: "2028-07-15T19:00:00.000Z",
    endsAt: "2028-07-15T21:00:00.000Z",
  },
  window: { opensAt: "2028-07-15T17:30:00.000Z", closesAt: "2028-07-15T21:00:00.000Z" },
  zones: [1, 2],
  maxAgeSeconds: 600,
  issuerKeys: [{ id: 1, publicKey: toBase64url(issuerKey.publicKey), compromised: false }],
  listKeys: trustedKeys,
  gates: [{ id: "01990b5a-7c00-7abc-8def-0000000000aa", code: "A", name: "Porte A" }],
  offers: [
    { kind: "solo", name: null },
    { kind: "group", name: { fr: "Club des Cinq", en: "The Five" } },
  ],
};

export const exampleRow: ListRow = {
  id: toBase64url(uuidToBytes(ticketId)),
  state: "good",
  epoch: 3,
  zone: 2,
  category: "B",
  holderName: "Zoé Lefèvre",
  offer: 1,
  passDigest: toBase64url(bytesOf(0xc0, 12)),
  nextTokenDigest: toBase64url(bytesOf(0xd0, 12)),
  admittedAt: 1_847_296_801_000,
  admittedGate: 0,
};

/** One that was never activated, with a name that JSON must escape. */
export const freshRow: ListRow = {
  ...exampleRow,
  id: toBase64url(uuidToBytes("01990b5a-7c00-7abc-8def-0123456789ac")),
  state: "blocked",
  epoch: 0,
  holderName: 'Noor "N." 😀 \\',
  offer: 0,
  passDigest: null,
  admittedAt: null,
  admittedGate: null,
};

export const writeList = (head: ListHead, rows: readonly ListRow[]): string => [...listPieces(head, rows)].join("");

/** A text as a list, signed by the example's key. */
export function signText(body: string, games = gamesId, key: LoadedSigningKey = listKey): SignedList {
  return { body, keyId: 1, signature: toBase64url(signList(key, games, hash("sha256", body, "buffer"))) };
}
