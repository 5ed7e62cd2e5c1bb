import { decodeBase45, encodeBase45 } from "./base45.ts";
import { concat, unsigned, type Bytes } from "./bytes.ts";
import { signWith, type Sign, type SigningKey } from "./ed25519.ts";
import { proofMessage } from "./messages.ts";
import { decodePass, passLength, passVersion, type Pass } from "./pass.ts";

/** The part of a code that changes: the slot (unix seconds / 15) and the device key's signature. */
export type Proof = { readonly slot: number; readonly signature: Bytes };

/** What a QR code holds: a pass, and the proof that the device showed with it (`null` on paper). */
export type Code = { readonly pass: Pass; readonly proof: Proof | null };

export type ReadCode =
  | { readonly ok: true; readonly code: Code }
  | { readonly ok: false; readonly reason: "malformed" | "unknown_version" };

const prefix = "TSR1:";
const proofLength = 68;
/** The characters of the longest code; a longer text is not even decoded. */
const maxTextLength = 352;

/**
 * Reads a QR code's text, exactly as it was scanned (base45 has spaces: trim nothing). Only the canonical encoding of
 * docs/e-ticket.md is read. Never throws, whatever the text. Nothing is verified yet: that is `verifyCode`.
 */
export function readCode(text: string): ReadCode {
  if (!text.startsWith(prefix)) return no(/^TSR[0-9]{1,3}:/.test(text) ? "unknown_version" : "malformed");
  const bytes = text.length > maxTextLength ? null : decodeBase45(text.slice(prefix.length));
  if (bytes === null || bytes.length === 0) return no("malformed");
  if (bytes[0] !== passVersion) return no("unknown_version");
  const pass = decodePass(bytes.subarray(0, passLength));
  const rest = bytes.slice(passLength);
  if (pass === null || (rest.length !== 0 && rest.length !== proofLength)) return no("malformed");
  const proof = rest.length === 0 ? null : decodeProof(rest);
  if (pass.paper !== (proof === null)) return no("malformed");
  return { ok: true, code: { pass, proof } };
}

/**
 * The text of the QR code that a device shows in `slot`. `pass` is the 163 bytes that activation gave; `signer` the
 * device's private key, or a function that signs with it. Throws a `RangeError` for a paper pass or no pass at all.
 */
export async function makeCode(pass: Uint8Array, slot: number, signer: SigningKey | Sign): Promise<string> {
  if (decodePass(pass)?.paper !== false) throw new RangeError("not the pass of a device");
  const proof = encodeProof(slot, await signWith(signer, await proofMessage(pass, slot)));
  return prefix + encodeBase45(concat(pass, proof));
}

/** The text of a paper ticket's QR code. Throws a `RangeError` for any other pass. */
export function makePaperCode(pass: Uint8Array): string {
  if (decodePass(pass)?.paper !== true) throw new RangeError("not a paper pass");
  return prefix + encodeBase45(pass);
}

/** A proof, 68 bytes, from its slot and its 64-byte signature. */
export function encodeProof(slot: number, signature: Uint8Array): Bytes {
  if (signature.length !== 64) throw new RangeError("signature must be 64 bytes");
  return concat(unsigned(slot, 4, "slot"), signature);
}

function decodeProof(bytes: Bytes): Proof {
  return { slot: new DataView(bytes.buffer).getUint32(0), signature: bytes.slice(4) };
}

const no = (reason: "malformed" | "unknown_version"): ReadCode => ({ ok: false, reason });
