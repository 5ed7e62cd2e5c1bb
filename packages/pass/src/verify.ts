import type { Bytes } from "./bytes.ts";
import type { Code, ReadCode } from "./code.ts";
import { passDigest, tokenDigest } from "./digests.ts";
import { verifySignature } from "./ed25519.ts";
import { passMessage, proofMessage } from "./messages.ts";

/** An issuer key as a reader knows it. A retired key is still one; a compromised one counts only for a listed pass. */
export type IssuerKey = { readonly publicKey: Uint8Array; readonly compromised: boolean };

/** By key id. */
export type IssuerKeys = ReadonlyMap<number, IssuerKey>;

/** What signatures say of a code, ready for `decide`. Digests are the list's, 12 bytes each. */
export type VerifiedCode =
  | {
      readonly ok: true;
      readonly code: Code;
      readonly passDigest: Bytes;
      readonly tokenDigest: Bytes;
      readonly issuerCompromised: boolean;
      /** `none` exactly on paper. */
      readonly proof: "good" | "bad" | "none";
    }
  | {
      readonly ok: false;
      readonly reason: "malformed" | "unknown_version" | "unknown_issuer" | "bad_signature";
    };

/**
 * Checks the issuer's and the device's signatures (Ed25519, RFC 8032, strictly: see `verifySignature`) of what `readCode`
 * gave, failures included. `gamesId` is the Games' that this reader serves: a pass of others is a `bad_signature`.
 * A bad proof is no failure here: `decide` puts it in its place. Rejects for no code; only for a Games id longer than 255 bytes.
 */
export async function verifyCode(read: ReadCode, keys: IssuerKeys, gamesId: string): Promise<VerifiedCode> {
  if (!read.ok) return read;
  const { pass, proof } = read.code;
  const issuer = keys.get(pass.issuerKeyId);
  if (issuer === undefined) return { ok: false, reason: "unknown_issuer" };
  const signed = await verifySignature(issuer.publicKey, passMessage(gamesId, pass.bytes), pass.signature);
  if (!signed) return { ok: false, reason: "bad_signature" };
  return {
    ok: true,
    code: read.code,
    passDigest: await passDigest(pass.bytes),
    tokenDigest: await tokenDigest(pass.ticketId, pass.epochToken),
    issuerCompromised: issuer.compromised,
    proof: proof === null ? "none" : (await isProved(read.code)) ? "good" : "bad",
  };
}

async function isProved({ pass, proof }: Code): Promise<boolean> {
  if (pass.devicePublicKey === null || proof === null) return false;
  return verifySignature(pass.devicePublicKey, await proofMessage(pass.bytes, proof.slot), proof.signature);
}
