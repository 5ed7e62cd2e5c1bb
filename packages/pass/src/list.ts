import type { Category, CompetitionSessionSummary, Gate, OfferKind } from "@tessera/contracts";
import { type Bytes, fromBase64url, utf8 } from "./bytes.ts";
import { verifySignature } from "./ed25519.ts";
import { isFlag, isListOf, isMoment, isNullOr, isObjectOf, isOneOf, isText, isTextLike, isWhole } from "./guards.ts";
import { listMessage } from "./messages.ts";

/**
 * What a tablet knows of the tickets of one competition session: a text that the list key signs. It is JSON, with the
 * tickets in columns. Bytes are base64url without padding, moments ISO 8601 in UTC.
 */

/** The version of the text that this reader knows. What an older reader may not overlook is another version. */
export const listVersion = 1;

/** A public key (32 bytes) by its id. */
export type ListKey = { readonly id: number; readonly publicKey: string };

/** What a list says beside its tickets. */
export type ListHead = {
  readonly gamesId: string;
  /** Rises from list to list, over all competition sessions and servers. */
  readonly number: number;
  /** The list knows all that had happened by then, and perhaps more. */
  readonly madeAt: string;
  readonly competitionSession: CompetitionSessionSummary & { readonly number: number };
  readonly window: { readonly opensAt: string; readonly closesAt: string };
  readonly zones: readonly number[];
  readonly maxAgeSeconds: number;
  /** A compromised key counts only for a pass that the list has. */
  readonly issuerKeys: readonly (ListKey & { readonly compromised: boolean })[];
  /** The keys that sign lists, now and next: whoever takes this list trusts these and no others. At least one. */
  readonly listKeys: readonly ListKey[];
  /** What the columns `admittedGate` and `offer` count in. */
  readonly gates: readonly Gate[];
  readonly offers: readonly {
    readonly kind: OfferKind;
    readonly name: { readonly fr: string; readonly en: string } | null;
  }[];
};

/** One ticket of a list, as its columns have it. */
export type ListRow = {
  /** The 16 bytes of its UUID. */
  readonly id: string;
  readonly state: "good" | "revoked" | "blocked";
  readonly epoch: number;
  readonly zone: number;
  readonly category: Category;
  readonly holderName: string;
  /** Its place in `offers`. */
  readonly offer: number;
  /** 12 bytes; null while the epoch has no pass. */
  readonly passDigest: string | null;
  /** 12 bytes. */
  readonly nextTokenDigest: string;
  /** Unix milliseconds; null, and so is the gate, for whom nobody has let in. */
  readonly admittedAt: number | null;
  /** Its place in `gates`. */
  readonly admittedGate: number | null;
};

type Columns = { readonly [Name in keyof ListRow]: readonly ListRow[Name][] };

/** A list as it was read. */
export type ReadList = ListHead & { readonly version: typeof listVersion; readonly tickets: Columns };

const isDigest = isTextLike(/^[\w-]{16}$/);
const isUuid = isTextLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const key = { id: isWhole(255), publicKey: isTextLike(/^[\w-]{42}[AEIMQUYcgkosw048]$/) };

const isHead = isObjectOf<ListHead>({
  gamesId: isText,
  number: isWhole(),
  madeAt: isMoment,
  competitionSession: isObjectOf<ListHead["competitionSession"]>({
    id: isUuid,
    number: isWhole(2 ** 32 - 1),
    code: isText,
    disciplineCode: isText,
    discipline: isText,
    events: isText,
    medal: isFlag,
    state: isOneOf({ scheduled: true, cancelled: true }),
    venueCode: isText,
    venue: isText,
    city: isText,
    timeZone: isText,
    startsAt: isMoment,
    endsAt: isMoment,
  }),
  window: isObjectOf<ListHead["window"]>({ opensAt: isMoment, closesAt: isMoment }),
  zones: isListOf(isWhole(255)),
  maxAgeSeconds: isWhole(),
  issuerKeys: isListOf(isObjectOf<ListHead["issuerKeys"][number]>({ ...key, compromised: isFlag })),
  listKeys: isListOf(isObjectOf<ListKey>(key)),
  gates: isListOf(isObjectOf<Gate>({ id: isUuid, code: isText, name: isText })),
  offers: isListOf(
    isObjectOf<ListHead["offers"][number]>({
      kind: isOneOf<OfferKind>({ solo: true, duo: true, family: true, group: true }),
      name: isNullOr(isObjectOf<{ fr: string; en: string }>({ fr: isText, en: isText })),
    }),
  ),
});

const isColumns = isObjectOf<Columns>({
  id: isListOf(isTextLike(/^[\w-]{21}[AQgw]$/)),
  state: isListOf(isOneOf({ good: true, revoked: true, blocked: true })),
  epoch: isListOf(isWhole(65_535)),
  zone: isListOf(isWhole(255)),
  category: isListOf(isOneOf<Category>({ A: true, B: true, C: true, D: true, E: true })),
  holderName: isListOf(isText),
  offer: isListOf(isWhole()),
  passDigest: isListOf(isNullOr(isDigest)),
  nextTokenDigest: isListOf(isDigest),
  admittedAt: isListOf(isNullOr(isWhole(8.64e15))),
  admittedGate: isListOf(isNullOr(isWhole())),
});
const columnNames = [
  "id",
  "state",
  "epoch",
  "zone",
  "category",
  "holderName",
  "offer",
  "passDigest",
  "nextTokenDigest",
  "admittedAt",
  "admittedGate",
] as const;

/** So many tickets of a column are written at a time. */
const rowsAPiece = 2000;

/**
 * A list's text, piece by piece: whoever writes a large one can do something else in between. Joined they are what is
 * signed, and what `parseList` reads.
 */
export function* listPieces(head: ListHead, rows: readonly ListRow[]): Generator<string> {
  yield `${JSON.stringify({ version: listVersion, ...head }).slice(0, -1)},"tickets":{`;
  for (const name of columnNames) {
    yield `${name === columnNames[0] ? "" : ","}"${name}":[`;
    for (let at = 0; at < rows.length; at += rowsAPiece) {
      const cells = rows.slice(at, at + rowsAPiece).map((row) => row[name]);
      yield `${at === 0 ? "" : ","}${JSON.stringify(cells).slice(1, -1)}`;
    }
    yield "]";
  }
  yield "}}";
}

/**
 * Reads a list's text. Never throws: what is no list, or contradicts itself, is `malformed`; one that was written for
 * newer readers is `unknown_version`.
 */
export function parseList(
  body: string,
):
  | { readonly ok: true; readonly list: ReadList }
  | { readonly ok: false; readonly reason: "malformed" | "unknown_version" } {
  const read = parseJson(body);
  if (!isVersioned(read)) return { ok: false, reason: "malformed" };
  if (read.version !== listVersion) return { ok: false, reason: "unknown_version" };
  return isList(read) && agrees(read) ? { ok: true, list: read } : { ok: false, reason: "malformed" };
}

const isVersioned = isObjectOf<{ version: number }>({ version: isWhole() });

function isList(value: object): value is ReadList {
  return isHead(value) && "tickets" in value && isColumns(value.tickets);
}

/** Whether columns are of one length and point at what is there, and each ticket is listed once. */
function agrees({ listKeys, gates, offers, tickets }: ReadList): boolean {
  const { id, offer, admittedAt, admittedGate } = tickets;
  return (
    listKeys.length > 0 &&
    columnNames.every((name) => tickets[name].length === id.length) &&
    new Set(id).size === id.length &&
    offer.every((place) => place < offers.length) &&
    admittedGate.every((place, row) =>
      place === null ? admittedAt[row] === null : place < gates.length && admittedAt[row] !== null,
    )
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list as it travels. */
export type SignedList = {
  /** What was signed, to the letter. */
  readonly body: string;
  readonly keyId: number;
  /** 64 bytes, base64url. */
  readonly signature: string;
};

/**
 * Whether one of these keys has signed a list for these Games: to be asked before anything of it is read. Never throws,
 * but for a Games id longer than 255 bytes.
 */
export async function verifyList(
  { body, keyId, signature }: SignedList,
  keys: readonly ListKey[],
  gamesId: string,
): Promise<"good" | "unknown_key" | "bad_signature"> {
  const trusted = keys.find(({ id }) => id === keyId);
  if (trusted === undefined) return "unknown_key";
  // Half of a surrogate pair is encoded as something else: another text would have the same bytes.
  const signed = body.isWellFormed() ? bytesOrNull(signature) : null;
  const publicKey = bytesOrNull(trusted.publicKey);
  if (signed === null || publicKey === null) return "bad_signature";
  const digest = await crypto.subtle.digest("SHA-256", utf8(body));
  const good = await verifySignature(publicKey, listMessage(gamesId, new Uint8Array(digest)), signed);
  return good ? "good" : "bad_signature";
}

function bytesOrNull(text: string): Bytes | null {
  try {
    return fromBase64url(text);
  } catch {
    return null;
  }
}
