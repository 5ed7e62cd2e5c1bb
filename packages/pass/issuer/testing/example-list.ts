import { hash } from "node:crypto";
import { toBase64url } from "../../src/bytes.ts";
import {
  type ListHead,
  type ListKey,
  listPieces,
  type ListPlace,
  type ListRow,
  type SignedList,
} from "../../src/list.ts";
import { uuidToBytes } from "../../src/uuid.ts";
import { signList } from "../sign-list.ts";
import { type LoadedSigningKey, loadSigningKey } from "../signing-key.ts";
import { bytesOf, gamesId, issuerKey, ticketId } from "./example.ts";

export const listKey = loadSigningKey(bytesOf(0xa0));
export const trustedKeys: readonly ListKey[] = [{ id: 1, publicKey: toBase64url(listKey.publicKey) }];

const stadium = { venueCode: "STA", venue: "Stade de la Seine", city: "Paris", timeZone: "Europe/Paris" };
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
    ...stadium,
    state: "scheduled",
    startsAt: "2028-07-15T19:00:00.000Z",
    endsAt: "2028-07-15T21:00:00.000Z",
  },
  window: { opensAt: "2028-07-15T17:30:00.000Z", closesAt: "2028-07-15T21:00:00.000Z" },
  policy: { reentry: "after_exit", offlineAdmission: "home_gate", maxAgeSeconds: 600, listTooOld: "check" },
  issuerKeys: [{ id: 1, publicKey: toBase64url(issuerKey.publicKey), compromised: false }],
  listKeys: trustedKeys,
  gates: [
    { id: "01990b5a-7c00-7abc-8def-0000000000aa", code: "A", name: "Porte A", zones: [1, 2] },
    { id: "01990b5a-7c00-7abc-8def-0000000000bb", code: "B", name: "Porte B", zones: [2] },
  ],
  offers: [
    { kind: "solo", name: null },
    { kind: "group", name: { fr: "Club des Cinq", en: "The Five" } },
  ],
};

/** A fresh list of one page. */
export const firstPage: ListPlace = {
  since: null,
  page: { first: exampleHead.number, index: 0, after: null },
  cursor: "1.7000",
  more: false,
};

/** What has changed since another part. */
export const delta: ListPlace = { since: "1.7000", page: null, cursor: "1.7042", more: true };

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
  reference: "7K2M9PQR4T",
  order: "0DE9XK3V5Z",
  firstEntry: [1_847_296_801_000, 0, false],
  lastPassage: [1_847_296_802_000, 1, true, "out"],
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
  reference: "7K2M9PQR4V",
  firstEntry: null,
  lastPassage: null,
};

export const writePart = (head: ListHead, rows: readonly ListRow[], place: ListPlace = firstPage): string =>
  [...listPieces({ ...head, ...place }, rows)].join("");

/** A text as a part, signed by the example's key. */
export function signText(body: string, games = gamesId, key: LoadedSigningKey = listKey): SignedList {
  return { body, keyId: 1, signature: toBase64url(signList(key, games, hash("sha256", body, "buffer"))) };
}
