import { refusalReasons } from "@tessera/contracts";
import { expect, test } from "vitest";
import { makeCode, makePaperCode, readCode } from "../src/code.ts";
import { passDigest, tokenDigest } from "../src/digests.ts";
import { passMessage, proofMessage } from "../src/messages.ts";
import type { PassFields } from "../src/pass.ts";
import { verifyCode, type IssuerKeys } from "../src/verify.ts";
import bad from "../vectors/bad.json" with { type: "json" };
import good from "../vectors/good.json" with { type: "json" };
import { checkSeal, deriveEpochToken, deriveTicketKey } from "./derive.ts";
import { issuePass } from "./issue.ts";
import { loadSigningKey } from "./signing-key.ts";
import { fromHex, signAs, toHex } from "./testing/example.ts";

const { gamesId, ...hexKeys } = good.keys;
const accountKey = fromHex(hexKeys.accountKey);
const purchaseKey = fromHex(hexKeys.purchaseKey);
const issuerKey = loadSigningKey(fromHex(hexKeys.issuerSeed));
const deviceKey = loadSigningKey(fromHex(hexKeys.deviceSeed));
const keys: IssuerKeys = new Map([[1, { publicKey: fromHex(hexKeys.issuerPublicKey), compromised: false }]]);

const isCategory = (text: string): text is PassFields["category"] => /^[A-E]$/.test(text);

test("the public keys are those of the seeds", () => {
  expect(toHex(issuerKey.publicKey)).toBe(hexKeys.issuerPublicKey);
  expect(toHex(deviceKey.publicKey)).toBe(hexKeys.devicePublicKey);
});

test.each(good.codes)("good: $name", async (vector) => {
  const { category, devicePublicKey, epochToken, ...rest } = vector.fields;
  if (!isCategory(category)) throw new Error(`category ${category}`);
  const key = devicePublicKey === null ? null : fromHex(devicePublicKey);
  const fields: PassFields = { ...rest, category, devicePublicKey: key, epochToken: fromHex(epochToken) };
  const { ticketId, epoch } = fields;

  expect(toHex(deriveEpochToken(fromHex(hexKeys.tokenKey), ticketId, epoch))).toBe(epochToken);
  const ticketKey = deriveTicketKey(accountKey, purchaseKey, ticketId, epoch);
  expect(toHex(ticketKey)).toBe(vector.ticketKey);
  const pass = issuePass(fields, { ticketKey, issuerKey, gamesId });
  expect(toHex(pass)).toBe(vector.pass);
  expect(toHex(pass.slice(83, 99))).toBe(vector.seal);
  expect(toHex(passMessage(gamesId, pass))).toBe(vector.signedMessage);
  expect(toHex(await passDigest(pass))).toBe(vector.passDigest);
  expect(toHex(await tokenDigest(ticketId, fields.epochToken))).toBe(vector.tokenDigest);

  if (vector.slot === null) {
    expect(makePaperCode(pass)).toBe(vector.text);
  } else {
    expect(toHex(await proofMessage(pass, vector.slot))).toBe(vector.proofMessage);
    expect(await makeCode(pass, vector.slot, signAs(deviceKey))).toBe(vector.text);
  }
  const verified = await verifyCode(readCode(vector.text), keys, gamesId);
  expect(verified).toMatchObject({ ok: true, proof: vector.slot === null ? "none" : "good", code: { pass: fields } });
});

/** Why a code is no good, as far as keys can tell. */
async function reasonOf(text: string): Promise<string> {
  const verified = await verifyCode(readCode(text), keys, gamesId);
  if (!verified.ok) return verified.reason;
  if (verified.proof === "bad") return "bad_proof";
  const { ticketId, epoch, bytes } = verified.code.pass;
  return checkSeal(deriveTicketKey(accountKey, purchaseKey, ticketId, epoch), bytes) ? "good" : "bad_seal";
}

test.each(bad.codes)("bad: $name is $reason", async ({ text, reason }) => {
  expect(await reasonOf(text)).toBe(reason);
});

test("there is a vector for every reason that keys alone can find", () => {
  const found = ["malformed", "unknown_version", "unknown_issuer", "bad_signature", "bad_proof", "bad_seal"];
  expect(new Set(bad.codes.map(({ reason }) => reason))).toEqual(new Set(found));
  expect(refusalReasons).toEqual(expect.arrayContaining(found));
});

test("every good vector keeps its seal", async () => {
  for (const { text } of good.codes) expect(await reasonOf(text)).toBe("good");
});
