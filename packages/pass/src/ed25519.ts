/**
 * Ed25519 (RFC 8032) by WebCrypto, behind one set of strict rules. Engines differ on what they accept at the edges, and
 * so what two engines could judge differently is refused before they are asked.
 */

/** A WebCrypto key, by whichever name the runtime's types know it. */
export type SigningKey = Parameters<typeof crypto.subtle.sign>[1];

/** Signs a message with Ed25519: 64 bytes. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

const hex = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/** 2^255 - 19, little-endian like everything in RFC 8032. */
const fieldPrime = hex(`ed${"ff".repeat(30)}7f`);
/** The order L of the group. */
const groupOrder = hex(`edd3f55c1a631258d69cf7a2def9de14${"00".repeat(15)}10`);
/** The y coordinates, in canonical form, of the eight points whose order divides 8. */
const smallOrder = [
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map(hex);

/**
 * Whether `bytes` may stand as an Ed25519 public key: 32 bytes, a canonical y coordinate, not a point of small order (for
 * which one signature fits many messages). Whether such a point exists is left to the engine's verification.
 */
export function isStrictPublicKey(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = [...bytes.subarray(0, 31), (bytes[31] ?? 0) & 0x7f];
  return isBelow(y, fieldPrime) && !smallOrder.some((point) => point.every((byte, index) => byte === y[index]));
}

/**
 * Whether `signature` (64 bytes) is `publicKey`'s over `message`, by RFC 8032 and these rules first: the key and the
 * signature's R canonical and not of small order, S below L. Never throws: what is no key or no signature is `false`.
 */
export async function verifySignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64 || !isStrictPublicKey(publicKey)) return false;
  if (!isStrictPublicKey(signature.subarray(0, 32)) || !isBelow([...signature.subarray(32)], groupOrder)) return false;
  try {
    const key = await crypto.subtle.importKey("raw", new Uint8Array(publicKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message));
  } catch {
    return false;
  }
}

/** Signs with a WebCrypto private key, or with a function for keys that WebCrypto does not hold. */
export async function signWith(signer: SigningKey | Sign, message: Uint8Array): Promise<Uint8Array> {
  if (typeof signer === "function") return signer(message);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", signer, new Uint8Array(message)));
}

/** a < b, both little-endian and of one length. */
function isBelow(a: readonly number[], b: readonly number[]): boolean {
  for (let index = b.length - 1; index >= 0; index -= 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
