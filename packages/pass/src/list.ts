import type { Category, CompetitionSessionSummary, Gate, GatePolicySettings, OfferKind } from "@tessera/contracts";
import { type Bytes, fromBase64url, utf8 } from "./bytes.ts";
import { verifySignature } from "./ed25519.ts";
import { listMessage } from "./messages.ts";

/**
 * What a tablet knows of the tickets of one competition session comes in parts: a fresh list in pages, then what has
 * changed since. Each is a text that the list key signs: JSON, with the tickets in columns. Bytes are base64url without
 * padding, moments ISO 8601 in UTC.
 */

/** The version of the text that this reader knows. What an older reader may not overlook is another version. */
export const listVersion = 2;

/** A public key (32 bytes) by its id. */
export type ListKey = { readonly id: number; readonly publicKey: string };

/** What a part says beside its tickets; of two parts the one with the higher number is right. */
export type ListHead = {
  readonly gamesId: string;
  /** Rises from part to part, over all competition sessions and servers. */
  readonly number: number;
  /** The part knows all that had happened by then, and perhaps more. */
  readonly madeAt: string;
  readonly competitionSession: CompetitionSessionSummary & { readonly number: number };
  readonly window: { readonly opensAt: string; readonly closesAt: string };
  readonly policy: Pick<GatePolicySettings, "reentry" | "offlineAdmission" | "listTooOld"> & {
    readonly maxAgeSeconds: number;
  };
  /** A compromised key counts only for a pass that the list has. */
  readonly issuerKeys: readonly (ListKey & { readonly compromised: boolean })[];
  /** The keys that sign lists, now and next: whoever takes this part trusts these and no others. At least one. */
  readonly listKeys: readonly ListKey[];
  /** Those of the whole venue, each with the zones behind it; passages count in their places. */
  readonly gates: readonly (Gate & { readonly zones: readonly number[] })[];
  /** What the column `offer` counts in. */
  readonly offers: readonly {
    readonly kind: OfferKind;
    readonly name: { readonly fr: string; readonly en: string } | null;
  }[];
};

/** Where a part belongs: what it starts from, and where to go on. */
export type ListPlace = {
  /** The cursor since which it has all that changed; null: it is a page of a fresh list, and `page` says which. */
  readonly since: string | null;
  readonly page: {
    /** The number of the fresh list's first page. */
    readonly first: number;
    /** From 0. */
    readonly index: number;
    /** Its tickets are those whose ids follow this one, to the last in it; null for the first page. 16 bytes. */
    readonly after: string | null;
  } | null;
  /** The server's own text. What follows this part starts from it; what follows a fresh list, from its first page's. */
  readonly cursor: string;
  /** Whether the next part is there already. */
  readonly more: boolean;
};

/** Somebody went in: unix milliseconds, a place in `gates`, and whether no code proved it. */
export type ListedEntry = readonly [atMs: number, gate: number, byHand: boolean];
export type ListedPassage = readonly [...ListedEntry, direction: "in" | "out"];

/** One ticket of a part, as its columns have it. */
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
  readonly reference: string;
  /** The order's reference. */
  readonly order: string;
  readonly firstEntry: ListedEntry | null;
  /** The newest going in or out; null where that is the first entry, or nobody went. */
  readonly lastPassage: ListedPassage | null;
};

export type ListColumns = { readonly [Name in keyof ListRow]: readonly ListRow[Name][] };

/** A part as it was read. */
export type ReadListPart = ListHead &
  ListPlace & { readonly version: typeof listVersion; readonly tickets: ListColumns };

export const columnNames = [
  "id",
  "state",
  "epoch",
  "zone",
  "category",
  "holderName",
  "offer",
  "passDigest",
  "nextTokenDigest",
  "reference",
  "order",
  "firstEntry",
  "lastPassage",
] as const satisfies readonly (keyof ListRow)[];

/** So many tickets of a column are written at a time. */
const rowsAPiece = 2000;

/**
 * A part's text, piece by piece: whoever writes a large one can do something else in between. Joined they are what is
 * signed, and what `parseListPart` reads.
 */
export function* listPieces(head: ListHead & ListPlace, rows: readonly ListRow[]): Generator<string> {
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

/** A part as it travels. */
export type SignedList = {
  /** What was signed, to the letter. */
  readonly body: string;
  readonly keyId: number;
  /** 64 bytes, base64url. */
  readonly signature: string;
};

/**
 * Whether one of these keys has signed a part for these Games: to be asked before anything of it is read. Never throws,
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
