import { type Gate, type CompetitionSessionSummary, readScannerCode, type ScannerStanding } from "@tessera/contracts";
import { comparisonCode, enrolmentMessage, type Sign, toBase64url } from "@tessera/pass";
import { journalTable } from "./journal-entries.ts";
import type { ListTrust } from "./list-trust.ts";
import type { Office, Store } from "./ports.ts";

/** The table of the store that the tablet itself is kept in. */
export const identityTable = "tablet";

type KeyPair = Awaited<ReturnType<typeof newKeyPair>>;

/** What the tablet knows of itself. */
export type Identity = {
  readonly scannerId: string;
  readonly comparison: string;
  /** Its own key: the browser never shows the private half. */
  readonly keys: KeyPair;
  readonly state: ScannerStanding["state"];
  /** Null before it is enrolled. */
  readonly assignment: {
    readonly name: string;
    readonly gate: Gate;
    readonly competitionSessions: readonly CompetitionSessionSummary[];
  } | null;
};

async function newKeyPair() {
  const keys = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  if (!("privateKey" in keys)) throw new Error("no key pair");
  return keys;
}

const isIdentity = (value: unknown): value is Identity =>
  typeof value === "object" && value !== null && "scannerId" in value && "keys" in value && "state" in value;

/** The signature of the tablet's own key. */
export const signerOf =
  ({ keys }: Pick<Identity, "keys">): Sign =>
  async (message) =>
    new Uint8Array(await crypto.subtle.sign("Ed25519", keys.privateKey, new Uint8Array(message)));

export async function readIdentity(store: Store): Promise<Identity | null> {
  const kept = await store.read(identityTable, "identity");
  return isIdentity(kept) ? kept : null;
}

/** What the tablet is by what the server says of it; null if it is none any more. The same object if nothing is new. */
export function identityAfter(
  identity: Identity,
  { state, name, gate, competitionSessions }: ScannerStanding,
): Identity | null {
  if (state === "refused" || state === "expired") return null;
  const assignment = state === "enrolled" ? { name, gate, competitionSessions } : identity.assignment;
  const isSame = JSON.stringify([state, assignment]) === JSON.stringify([identity.state, identity.assignment]);
  return isSame ? identity : { ...identity, state, assignment };
}

export const writeIdentity = (store: Store, identity: Identity | null): Promise<void> =>
  store.write([{ table: identityTable, key: "identity", value: identity }]);

/**
 * Asks to be known by a key of its own, and pins whose lists and passes are trusted from then on. The same code again, after
 * a lost answer, is asked with the same key. Throws what the server says.
 */
export async function claim(
  code: string,
  { store, trust, office }: { store: Store; trust: ListTrust; office: Pick<Office, "claim"> },
): Promise<Identity> {
  const read = readScannerCode(code);
  const keys = await keysFor(store, read);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
  const signature = await signerOf({ keys })(await enrolmentMessage(read, publicKey));
  const sent = { code: read, publicKey: toBase64url(publicKey), signature: toBase64url(signature) };
  const { scannerId, gamesId, listKeys, issuerKeys } = await office.claim(sent);
  const comparison = await comparisonCode({ scannerId, gamesId, publicKey, listKeys, issuerKeys });
  await trust.pin({ gamesId, listKeys, issuerKeys });
  const identity: Identity = { scannerId, comparison, keys, state: "claimed", assignment: null };
  await writeIdentity(store, identity);
  return identity;
}

type Tried = { readonly code: string; readonly keys: KeyPair };

const isTried = (value: unknown): value is Tried =>
  typeof value === "object" && value !== null && "code" in value && "keys" in value;

async function keysFor(store: Store, code: string): Promise<KeyPair> {
  const tried = await store.read(identityTable, "tried");
  if (isTried(tried) && tried.code === code) return tried.keys;
  const keys = await newKeyPair();
  await store.write([{ table: identityTable, key: "tried", value: { code, keys } satisfies Tried }]);
  return keys;
}

/** Forgets the enrolment, and all that was written down under it. */
export async function forgetEnrolment(store: Store): Promise<void> {
  const entries = await store.readAll(journalTable);
  const numbers = entries.flatMap((entry) => numberOf(entry) ?? []);
  await store.write([
    ...numbers.map((number) => ({ table: journalTable, key: number, value: null })),
    { table: identityTable, key: "identity", value: null },
    { table: identityTable, key: "tried", value: null },
  ]);
}

function numberOf(entry: unknown): number | undefined {
  const number: unknown = Reflect.get(Object(Reflect.get(Object(entry), "record")), "number");
  return typeof number === "number" ? number : undefined;
}
