import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { concat, unsigned, utf8, type Bytes } from "../src/bytes.ts";
import { sealedLength, signedLength } from "../src/pass.ts";
import { uuidToBytes } from "../src/uuid.ts";

/** A new account key, purchase key, token key or KEK: 32 bytes from the system's random source. */
export function generateSecret(): Bytes {
  return new Uint8Array(randomBytes(32));
}

/**
 * The ticket key K, 32 bytes: HKDF-SHA-256 (RFC 5869) of account key A ‖ purchase key B (32 bytes each), with the ticket
 * id as salt and the label and epoch as info. Derived when needed and never stored.
 */
export function deriveTicketKey(
  accountKey: Uint8Array,
  purchaseKey: Uint8Array,
  ticketId: string,
  epoch: number,
): Bytes {
  requireSecret(accountKey, "the account key");
  requireSecret(purchaseKey, "the purchase key");
  return hkdf(concat(accountKey, purchaseKey), ticketId, "tessera/ticket-key/v1", epoch, 32);
}

/** An epoch's token, 16 bytes, from the token key T (32 bytes): HKDF-SHA-256 with the ticket id as salt. */
export function deriveEpochToken(tokenKey: Uint8Array, ticketId: string, epoch: number): Bytes {
  requireSecret(tokenKey, "the token key");
  return hkdf(tokenKey, ticketId, "tessera/epoch-token/v1", epoch, 16);
}

/** The seal, 16 bytes: HMAC-SHA-256 by the ticket key over the 83 bytes before it, cut. `pass` may go on after them. */
export function sealPass(ticketKey: Uint8Array, pass: Uint8Array): Bytes {
  requireSecret(ticketKey, "the ticket key");
  if (pass.length < sealedLength) throw new RangeError("a pass has 83 bytes before its seal");
  const mac = createHmac("sha256", ticketKey).update(pass.subarray(0, sealedLength)).digest();
  return new Uint8Array(mac.subarray(0, signedLength - sealedLength));
}

/** Whether a pass (163 bytes) bears the seal of this ticket key, compared in constant time. Only the server can tell. */
export function checkSeal(ticketKey: Uint8Array, pass: Uint8Array): boolean {
  const seal = pass.subarray(sealedLength, signedLength);
  return seal.length === 16 && timingSafeEqual(sealPass(ticketKey, pass), seal);
}

function hkdf(key: Uint8Array, ticketId: string, label: string, epoch: number, length: number): Bytes {
  const info = concat(utf8(label), unsigned(epoch, 2, "epoch"));
  return new Uint8Array(hkdfSync("sha256", key, uuidToBytes(ticketId), info, length));
}

function requireSecret(key: Uint8Array, name: string): void {
  if (key.length !== 32) throw new RangeError(`${name} must be 32 bytes`);
}
