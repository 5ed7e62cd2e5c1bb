import { concat, type Bytes } from "../src/bytes.ts";
import { isStrictPublicKey } from "../src/ed25519.ts";
import { passMessage } from "../src/messages.ts";
import { encodeFields, encodePass, type PassFields } from "../src/pass.ts";
import { sealPass } from "./derive.ts";
import { signMessage, type LoadedSigningKey } from "./signing-key.ts";

/** What it takes to make a pass that is let in: the ticket key of this ticket and epoch, and the issuer's key. */
export type PassKeys = {
  /** 32 bytes, from `deriveTicketKey`. */
  readonly ticketKey: Uint8Array;
  /** The key that `issuerKeyId` names. */
  readonly issuerKey: LoadedSigningKey;
  /** UTF-8, 255 bytes at most: a pass is good at one Games only. */
  readonly gamesId: string;
};

/**
 * Seals and signs a pass: its 163 bytes. Throws a `RangeError` or `TypeError` for fields that no reader would accept, a
 * device key among them that is not a strict Ed25519 public key.
 */
export function issuePass(fields: PassFields, keys: PassKeys): Bytes {
  if (fields.devicePublicKey !== null && !isStrictPublicKey(fields.devicePublicKey)) {
    throw new RangeError("devicePublicKey is not a strict Ed25519 public key");
  }
  const before = encodeFields(fields);
  const seal = sealPass(keys.ticketKey, before);
  const signature = signMessage(keys.issuerKey, passMessage(keys.gamesId, concat(before, seal)));
  return encodePass(fields, seal, signature);
}
