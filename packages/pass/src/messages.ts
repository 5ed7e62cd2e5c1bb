import { concat, unsigned, utf8, type Bytes } from "./bytes.ts";
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

/** What the list key signs: label ‖ length of the Games id (1 byte) ‖ Games id (UTF-8) ‖ SHA-256 of the list's text (32). */
export function listMessage(gamesId: string, bodySha256: Uint8Array): Bytes {
  const games = utf8(gamesId);
  return concat(utf8("tessera/list/v1"), unsigned(games.length, 1, "gamesId's length"), games, bodySha256);
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
