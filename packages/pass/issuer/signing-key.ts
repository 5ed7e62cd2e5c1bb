import { createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from "node:crypto";
import { fromBase64url, type Bytes } from "../src/bytes.ts";

/** An Ed25519 key ready to sign: the issuer's, or the list's. At rest it is its 32-byte seed, sealed. */
export type LoadedSigningKey = { readonly privateKey: KeyObject; readonly publicKey: Bytes };

/** PKCS #8's frame around a 32-byte Ed25519 seed (RFC 8410 section 7), which is how node:crypto takes one. */
const pkcs8Frame = Buffer.from("302e020100300506032b657004220420", "hex");

/** A new key's seed: 32 bytes from the system's random source. */
export function generateSigningSeed(): Bytes {
  return new Uint8Array(randomBytes(32));
}

/** The key of a 32-byte seed (RFC 8032 section 5.1.5), with its raw 32-byte public half. */
export function loadSigningKey(seed: Uint8Array): LoadedSigningKey {
  if (seed.length !== 32) throw new RangeError("an Ed25519 seed must be 32 bytes");
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Frame, seed]), format: "der", type: "pkcs8" });
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (typeof x !== "string") throw new TypeError("not an Ed25519 key");
  return { privateKey, publicKey: fromBase64url(x) };
}

/** Ed25519 (RFC 8032) over any message: 64 bytes. */
export function signMessage(key: LoadedSigningKey, message: Uint8Array): Bytes {
  return new Uint8Array(sign(null, message, key.privateKey));
}
