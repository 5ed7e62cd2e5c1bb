import bad from "../../vectors/bad.json" with { type: "json" };
import decisions from "../../vectors/decisions.json" with { type: "json" };
import good from "../../vectors/good.json" with { type: "json" };
import type { Bytes } from "../bytes.ts";
import { makeCode, makePaperCode, readCode } from "../code.ts";
import { decide } from "../decide.ts";
import { passDigest, tokenDigest } from "../digests.ts";
import { passMessage, proofMessage } from "../messages.ts";
import type { GatePolicy, Known, ListEntry, Verdict } from "../policy.ts";
import { verifyCode } from "../verify.ts";

/** One vector: what the file says, and what this runtime makes of it. Both are plain JSON. */
export type Checked = { readonly name: string; readonly expected: unknown; readonly observed: unknown };

/** Ed25519 by a key's 32-byte seed: 64 bytes. */
export type SignBySeed = (message: Uint8Array, seed: Uint8Array) => Promise<Uint8Array>;

type HexEntry = Omit<ListEntry, "passDigest" | "nextTokenDigest"> & {
  readonly passDigest: string | null;
  readonly nextTokenDigest: string;
};
type Decision = {
  readonly name: string;
  readonly code: string;
  readonly issuerCompromised: boolean;
  readonly entry: HexEntry | null;
  readonly policy: GatePolicy;
  readonly known: Omit<Known, "entry">;
  readonly nowMs: number;
  readonly verdict: Verdict;
};
type GoodCode = (typeof good.codes)[number];

const { gamesId } = good.keys;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of a JSON file know texts, and no unions of them
const cases = decisions.cases as readonly Decision[];
const texts = new Map([...good.codes, ...bad.codes].map(({ name, text }) => [name, text]));
/** PKCS #8's frame around a 32-byte Ed25519 seed (RFC 8410 section 7). */
const pkcs8Frame = "302e020100300506032b657004220420";

/**
 * Does with every vector of `packages/pass/vectors` what a runtime without secrets can: read, verify, decide, and make
 * the code that the device shows. Any runtime: the tests call it in Node and in browsers.
 */
export async function checkVectors(sign: SignBySeed = signByWebCrypto): Promise<Checked[]> {
  return Promise.all([
    ...good.codes.map((vector) => checkGood(vector, sign)),
    ...bad.codes.map(checkBad),
    ...cases.map(checkDecision),
  ]);
}

async function checkGood(vector: GoodCode, sign: SignBySeed): Promise<Checked> {
  const { name, fields, signedMessage, slot, text } = vector;
  const { passDigest: digest, tokenDigest: ofToken, proofMessage: proved } = vector;
  const expected = { fields, signedMessage, passDigest: digest, tokenDigest: ofToken, proofMessage: proved, text };
  const verified = await verify(text);
  if (!verified.ok) return { name, expected, observed: verified.reason };
  const { pass } = verified.code;
  const { bytes, seal: _seal, signature: _signature, ...read } = pass;
  const shown = {
    devicePublicKey: pass.devicePublicKey && toHex(pass.devicePublicKey),
    epochToken: toHex(pass.epochToken),
  };
  const seed = fromHex(good.keys.deviceSeed);
  const observed = {
    fields: { ...read, ...shown },
    signedMessage: toHex(passMessage(gamesId, bytes)),
    passDigest: toHex(await passDigest(bytes)),
    tokenDigest: toHex(await tokenDigest(pass.ticketId, pass.epochToken)),
    proofMessage: slot === null ? null : toHex(await proofMessage(bytes, slot)),
    text: slot === null ? makePaperCode(bytes) : await makeCode(bytes, slot, (message) => sign(message, seed)),
  };
  return { name, expected, observed: verified.proof === "bad" ? "bad_proof" : observed };
}

async function checkBad({ name, reason, text }: (typeof bad.codes)[number]): Promise<Checked> {
  const verified = await verify(text);
  const observed = !verified.ok ? verified.reason : verified.proof === "bad" ? "bad_proof" : "good";
  // Only who has the ticket key can see what is wrong with a seal.
  return { name, expected: reason === "bad_seal" ? "good" : reason, observed };
}

async function checkDecision(vector: Decision): Promise<Checked> {
  const { name, entry, policy, known, nowMs, verdict } = vector;
  const verified = await verify(texts.get(vector.code) ?? "", vector.issuerCompromised);
  const listed = entry && {
    ...entry,
    passDigest: entry.passDigest === null ? null : fromHex(entry.passDigest),
    nextTokenDigest: fromHex(entry.nextTokenDigest),
  };
  return { name, expected: verdict, observed: decide(verified, policy, { ...known, entry: listed }, nowMs) };
}

function verify(text: string, compromised = false) {
  const keys = new Map([[1, { publicKey: fromHex(good.keys.issuerPublicKey), compromised }]]);
  return verifyCode(readCode(text), keys, gamesId);
}

/** As a ticket's holder signs: with a key that WebCrypto holds and gives to nobody. */
export async function signByWebCrypto(message: Uint8Array, seed: Uint8Array): Promise<Uint8Array> {
  const framed = fromHex(pkcs8Frame + toHex(seed));
  const key = await crypto.subtle.importKey("pkcs8", framed, "Ed25519", false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, new Uint8Array(message)));
}

function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
