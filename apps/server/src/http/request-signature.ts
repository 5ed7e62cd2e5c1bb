import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import {
  signatureBase,
  signatureHeaders,
  signatureLabel,
  signatureParams,
  signatureToleranceMs,
  structuredBytes,
} from "@tessera/contracts";
import { CodedError, type CoreContext, type KnownScanner, readKnownScanner } from "@tessera/core";
import type { HeaderOf } from "./request-facts.ts";

/** A request to the letter, as it came over the wire. */
export type WireRequest = {
  method: string;
  /** Path and query. */
  target: string;
  header: HeaderOf;
  /** The body; undefined for one that did not come to its end. Asked for once, and only if a tablet has signed. */
  body: () => Promise<Buffer | undefined>;
};

/**
 * The tablet that has signed a request: HTTP Message Signatures (RFC 9421) in one narrow profile, over exactly method,
 * path, query and the digest of the body (RFC 9530), by Ed25519, written in one way. Null for anything else. No signature
 * is remembered: what a tablet may ask it may ask twice.
 * Throws `request_clock_wrong` with the time here (`now`) for a good signature of more than 5 minutes ago or ahead.
 */
export async function readSigningScanner(
  core: Pick<CoreContext, "db" | "clock">,
  request: WireRequest,
): Promise<KnownScanner | null> {
  const signed = readSignature(request.header);
  if (signed === undefined || !request.target.startsWith("/")) return null;
  const body = await request.body();
  if (body === undefined || digestOf(body) !== signed.contentDigest) return null;
  const scanner = await readKnownScanner(core, { scannerId: signed.keyId });
  if (scanner === undefined) return null;
  const base = signatureBase({ ...signed, method: request.method, target: request.target });
  if (!verify(null, Buffer.from(base), keyOf(scanner.publicKey), signed.signature)) return null;
  const now = core.clock();
  if (Math.abs(now.getTime() - signed.createdMs) > signatureToleranceMs) {
    throw new CodedError("request_clock_wrong", { now: now.toISOString() });
  }
  return scanner;
}

type Signed = { keyId: string; createdMs: number; contentDigest: string; params: string; signature: Buffer };

/** Nothing unless both headers are there, once, as our own client writes them. */
function readSignature(header: HeaderOf): Signed | undefined {
  const input = header(signatureHeaders.input) ?? "";
  const [, created, keyId] = inputPattern.exec(input) ?? [];
  const [, base64 = ""] = signaturePattern.exec(header(signatureHeaders.signature) ?? "") ?? [];
  const contentDigest = header(signatureHeaders.digest);
  if (created === undefined || keyId === undefined || contentDigest === undefined) return undefined;
  const signature = Buffer.from(base64, "base64");
  // Base64 has several texts for some bytes; one of them is read.
  if (signature.length !== 64 || signature.toString("base64") !== base64) return undefined;
  const params = signatureParams({ created, keyId });
  return { keyId, createdMs: Number(created) * 1000, contentDigest, params, signature };
}

/** The one way in which the parameters are written, with what differs from request to request left open. */
const inputPattern = new RegExp(
  `^${signatureLabel}=${signatureParams({ created: "CREATED", keyId: "KEY" })}$`
    .replaceAll(/[()]/g, "\\$&")
    .replace("CREATED", /(\d{10})/.source)
    .replace("KEY", /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.source),
);
const signaturePattern = new RegExp(`^${structuredBytes(signatureLabel, "([A-Za-z0-9+/]{86}==)")}$`);

const digestOf = (body: Buffer): string => structuredBytes("sha-256", hash("sha256", body, "base64"));

/** To make one costs as much as to verify with it. A key is a tablet's for good, and so it is right for ever. */
const keys = new Map<string, KeyObject>();
const mostKeys = 2000;

function keyOf(publicKey: Buffer): KeyObject {
  const x = publicKey.toString("base64url");
  const known = keys.get(x);
  if (known !== undefined) return known;
  const made = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  if (keys.size >= mostKeys) keys.clear();
  keys.set(x, made);
  return made;
}
