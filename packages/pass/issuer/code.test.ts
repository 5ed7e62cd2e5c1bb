import fc from "fast-check";
import { create } from "qrcode";
import { expect, inject, test } from "vitest";
import { encodeBase45 } from "../src/base45.ts";
import { makeCode, makePaperCode, readCode } from "../src/code.ts";
import { decodePass, type PassFields } from "../src/pass.ts";
import { verifyCode } from "../src/verify.ts";
import { issuePass } from "./issue.ts";
import { generateSigningSeed, loadSigningKey } from "./signing-key.ts";
import {
  bytesOf,
  deviceKey,
  exampleFields,
  gamesId,
  issueExample,
  issuerKey,
  issuerKeys,
  opening,
  paperFields,
  showExample,
  signAs,
} from "./testing/example.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `pnpm test` or `pnpm test:long`. */
    effort: "short" | "long";
  }
}

const slot = opening / 15;
const liveText = await showExample(slot);
const paperText = makePaperCode(issueExample(paperFields));

const bytesOfCode = (text: string): Uint8Array => {
  const read = readCode(text);
  if (!read.ok) throw new Error("not readable");
  const { pass, proof } = read.code;
  if (proof === null) return pass.bytes;
  const slotBytes = new Uint8Array(4);
  new DataView(slotBytes.buffer).setUint32(0, proof.slot);
  return Uint8Array.of(...pass.bytes, ...slotBytes, ...proof.signature);
};

/** Whether the signatures of a text are all as they must be. */
async function isGood(text: string): Promise<boolean> {
  const verified = await verifyCode(readCode(text), issuerKeys, gamesId);
  return verified.ok && verified.proof !== "bad";
}

const epoch = fc.integer({ min: 1, max: 65_535 });
const second = fc.integer({ min: 0, max: 2 ** 32 - 2 });
const fields: fc.Arbitrary<PassFields> = fc
  .record({
    issuerKeyId: fc.nat(255),
    ticketId: fc.uuid(),
    competitionSessionNumber: fc.nat(2 ** 32 - 1),
    zone: fc.nat(255),
    category: fc.constantFrom("A", "B", "C", "D", "E"),
    epoch,
    validFrom: second,
    validUntil: second.map((value) => value + 1),
    paper: fc.boolean(),
    softKey: fc.boolean(),
    wheelchair: fc.boolean(),
    child: fc.boolean(),
    epochToken: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  })
  .filter(({ validFrom, validUntil, paper, softKey }) => validFrom < validUntil && !(paper && softKey))
  .map((some) => ({ ...some, devicePublicKey: some.paper ? null : deviceKey.publicKey }));

test("a code is 231 bytes in 352 characters, a paper code 163 in 250", () => {
  expect([bytesOfCode(liveText).length, liveText.length]).toEqual([231, 352]);
  expect([bytesOfCode(paperText).length, paperText.length]).toEqual([163, 250]);
});

test("QR versions: 10 at L and 11 at M with a proof; 8, 9 and 11 at Q on paper", () => {
  const versionOf = (data: string, errorCorrectionLevel: "L" | "M" | "Q") =>
    create([{ data, mode: "alphanumeric" }], { errorCorrectionLevel }).version;
  expect([versionOf(liveText, "L"), versionOf(liveText, "M")]).toEqual([10, 11]);
  expect([versionOf(paperText, "L"), versionOf(paperText, "M"), versionOf(paperText, "Q")]).toEqual([8, 9, 11]);
  expect(create(liveText, { errorCorrectionLevel: "M" }).modules.size).toBe(61);
});

test("what was issued is read back, field by field", async () => {
  await fc.assert(
    fc.asyncProperty(fields, fc.nat(2 ** 32 - 1), async (some, shownIn) => {
      const pass = issuePass(some, { ticketKey: bytesOf(1), issuerKey, gamesId });
      const text = some.paper ? makePaperCode(pass) : await makeCode(pass, shownIn, signAs(deviceKey));
      const read = readCode(text);
      if (!read.ok) throw new Error(read.reason);
      expect(read.code.pass).toMatchObject(some);
      expect(read.code.pass.bytes).toEqual(pass);
      expect(read.code.proof?.slot).toBe(some.paper ? undefined : shownIn);
      const keys = new Map([[some.issuerKeyId, { publicKey: issuerKey.publicKey, compromised: false }]]);
      expect(await verifyCode(read, keys, gamesId)).toMatchObject({ ok: true, proof: some.paper ? "none" : "good" });
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["a live code", liveText],
  ["a paper code", paperText],
])("every one-bit change of %s is refused", async (_, text) => {
  const bytes = bytesOfCode(text);
  const accepted: number[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const index = bit >> 3;
    const changed = bytes.with(index, (bytes[index] ?? 0) ^ (1 << (bit & 7)));
    if (await isGood(`TSR1:${encodeBase45(changed)}`)) accepted.push(bit);
  }
  expect(accepted).toEqual([]);
  expect(await isGood(text)).toBe(true);
});

test("every one-character change of a live code is refused", async () => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:az\n";
  const change = fc.tuple(fc.nat(liveText.length - 1), fc.constantFrom(...alphabet.split("")));
  await fc.assert(
    fc.asyncProperty(change, async ([at, char]) => {
      const changed = liveText.slice(0, at) + char + liveText.slice(at + 1);
      expect(changed === liveText || !(await isGood(changed))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the decoder survives any text, and reads only what an encoder writes", () => {
  const spliced = fc
    .tuple(fc.nat(352), fc.nat(352), fc.string({ maxLength: 12 }), fc.constantFrom(liveText, paperText))
    .map(([from, to, patch, text]) => text.slice(0, Math.min(from, to)) + patch + text.slice(Math.max(from, to)));
  const encoded = fc.uint8Array({ maxLength: 260 }).map((bytes) => `TSR1:${encodeBase45(bytes)}`);
  const likely = fc
    .uint8Array({ minLength: 162, maxLength: 162 })
    .map((bytes) => `TSR1:${encodeBase45(Uint8Array.of(1, ...bytes))}`);
  const texts = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), spliced, encoded, likely);
  fc.assert(
    fc.property(texts, (text) => {
      const read = readCode(text);
      if (read.ok) expect(`TSR1:${encodeBase45(bytesOfCode(text))}`).toBe(text);
      else expect(["malformed", "unknown_version"]).toContain(read.reason);
    }),
    { numRuns: 5000 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodePass(bytes)));
  expect(readCode("TSR1:" + "0".repeat(5_000_000))).toEqual({ ok: false, reason: "malformed" });
});

test("a million texts in the long run, cut, spliced, changed and made up, each get an answer, and what is read is canonical", () => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const texts = [liveText, paperText];
  // xorshift32 from a fixed seed: quick, and the same texts each time.
  let state = 0x9e3779b9;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const someText = (length: number): string =>
    Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join("");
  const changes = [
    (text: string, at: number) => text.slice(0, at) + alphabet.charAt(below(45)) + text.slice(at + 1),
    (text: string, at: number) => text.slice(0, at),
    (text: string, at: number) => text.slice(0, at) + text.slice(at + 1 + below(3)),
    (text: string, at: number) => text.slice(0, at) + someText(1 + below(3)) + text.slice(at),
    (text: string, at: number) => text.slice(0, at) + String.fromCharCode(below(0x10000)) + text.slice(at + 1),
    (text: string, at: number) => `TSR1:${someText(below(text.length))}${text.slice(at)}`,
  ];
  let read = 0;
  const attempts = inject("effort") === "long" ? 1_000_000 : 100_000;
  for (let count = 0; count < attempts; count += 1) {
    const text = texts[below(2)] ?? "";
    const changed = changes[below(changes.length)]?.(text, below(text.length)) ?? "";
    const answer = readCode(changed);
    if (!answer.ok) continue;
    // Well-formed with other bytes: that is for the signature to find, and `bytesOfCode` says that nothing was lost.
    read += 1;
    if (`TSR1:${encodeBase45(bytesOfCode(changed))}` !== changed) throw new Error(`not canonical: ${changed}`);
  }
  expect(read).toBeGreaterThan(attempts / 1000);
});

test("a browser's own non-extractable key makes a good proof", async () => {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no key pair");
  const devicePublicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const pass = issueExample({ ...exampleFields, devicePublicKey });
  expect(await isGood(await makeCode(pass, slot, pair.privateKey))).toBe(true);
  const foreign = loadSigningKey(generateSigningSeed());
  expect(await isGood(await makeCode(pass, slot, signAs(foreign)))).toBe(false);
});

test("nothing is made that no reader would accept", async () => {
  const wrong: Partial<PassFields>[] = [
    { epoch: 0 },
    { zone: 256 },
    { validUntil: exampleFields.validFrom },
    { paper: true },
    { devicePublicKey: null },
    { devicePublicKey: new Uint8Array(32) },
    { devicePublicKey: Uint8Array.of(1, ...new Uint8Array(31)) },
    { devicePublicKey: null, paper: true, softKey: true },
    { epochToken: bytesOf(0, 15) },
    { ticketId: exampleFields.ticketId.toUpperCase() },
  ];
  for (const change of wrong) expect(() => issueExample({ ...exampleFields, ...change })).toThrow(/./);
  const paper = issueExample(paperFields);
  await expect(makeCode(paper, slot, signAs(deviceKey))).rejects.toThrow(RangeError);
  expect(() => makePaperCode(issueExample())).toThrow(RangeError);
});
