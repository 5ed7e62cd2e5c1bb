import { concat, toBase64url, unsigned, utf8, type Bytes } from "./bytes.ts";
import { signedLength } from "./pass.ts";
import { uuidToBytes } from "./uuid.ts";

/**
 * What each signature covers. Every message starts with a label of its own, none of which is the start of another, and
 * everything after the label has a fixed length or says it: so no signature fits a message of another kind.
 */

/** What the issuer key signs: label ‖ length of the Games id (1 byte) ‖ Games id (UTF-8) ‖ the 99 bytes before. */
export function passMessage(gamesId: string, pass: Uint8Array): Bytes {
  const games = utf8(gamesId);
  return concat(
    utf8("tessera/pass/v1"),
    unsigned(games.length, 1, "gamesId's length"),
    games,
    pass.slice(0, signedLength),
  );
}

/** What the list key signs of each part: label ‖ length of the Games id (1 byte) ‖ Games id (UTF-8) ‖ SHA-256 of its text (32). */
export function listMessage(gamesId: string, bodySha256: Uint8Array): Bytes {
  const games = utf8(gamesId);
  return concat(utf8("tessera/list/v2"), unsigned(games.length, 1, "gamesId's length"), games, bodySha256);
}

/** What the device key signs: label ‖ SHA-256 of the whole pass ‖ slot (4 bytes). */
export async function proofMessage(pass: Uint8Array, slot: number): Promise<Bytes> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(pass));
  return concat(utf8("tessera/proof/v1"), new Uint8Array(digest), unsigned(slot, 4, "slot"));
}

/** What a device asks for when it activates a ticket. */
export type Activation = {
  /** The server's, 16 to 64 bytes, good once. */
  readonly challenge: Uint8Array;
  /** UUIDs in lower case. */
  readonly accountId: string;
  readonly ticketId: string;
  /** The ticket's epoch as the holder's device knows it. */
  readonly expectedEpoch: number;
};

/**
 * What the device key signs to activate a ticket:
 * label ‖ length of the challenge (1 byte) ‖ challenge ‖ account id (16) ‖ ticket id (16) ‖ expected epoch (2).
 */
export function activationMessage(activation: Activation): Bytes {
  const { challenge, accountId, ticketId, expectedEpoch } = activation;
  return concat(
    utf8("tessera/activation/v1"),
    unsigned(challenge.length, 1, "the challenge's length"),
    challenge,
    uuidToBytes(accountId),
    uuidToBytes(ticketId),
    unsigned(expectedEpoch, 2, "expectedEpoch"),
  );
}

/**
 * What a new tablet's key signs to be enrolled: label ‖ SHA-256 of the code as it is read (upper case, no spaces) ‖ the
 * public key (32 bytes). So nobody enrols a key that is not theirs.
 */
export async function enrolmentMessage(code: string, publicKey: Uint8Array): Promise<Bytes> {
  return concat(utf8("tessera/enrolment/v1"), await sha256(utf8(code)), publicKey);
}

/** What a tablet's key signs of a record: label ‖ scanner id (16) ‖ SHA-256 of the record's text in UTF-8 (32). */
export async function recordMessage(scannerId: string, body: string): Promise<Bytes> {
  return concat(utf8("tessera/record/v1"), uuidToBytes(scannerId), await sha256(utf8(body)));
}

type PinnedKey = { readonly id: number; readonly publicKey: string };

/** What both screens must have in common at an enrolment. Public keys are base64url. */
export type Enrolment = {
  readonly scannerId: string;
  readonly gamesId: string;
  /** The tablet's own, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly listKeys: readonly PinnedKey[];
  readonly issuerKeys: readonly PinnedKey[];
};

/**
 * The code that two people compare, eight characters of Crockford's base32: the first 40 bits of SHA-256 over a label and
 * all that the enrolment settles, as JSON. Whoever stands between tablet and server would have to try 2^39 keys on average
 * to make the same one, within the minutes that the enrolment is open.
 */
export async function comparisonCode(enrolment: Enrolment): Promise<string> {
  const { scannerId, gamesId, publicKey, listKeys, issuerKeys } = enrolment;
  const sorted = (keys: readonly PinnedKey[]) =>
    keys.map(({ id, publicKey: text }): [number, string] => [id, text]).toSorted(([a], [b]) => a - b);
  const settled = JSON.stringify([scannerId, gamesId, toBase64url(publicKey), sorted(listKeys), sorted(issuerKeys)]);
  const digest = await sha256(concat(utf8("tessera/comparison/v1"), utf8(settled)));
  let bits = 0n;
  for (const byte of digest.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: 8 }, (_, index) => crockford.charAt(Number((bits >> BigInt(35 - 5 * index)) & 31n))).join(
    "",
  );
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
