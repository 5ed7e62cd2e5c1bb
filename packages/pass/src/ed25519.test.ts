import { afterEach, expect, test, vi } from "vitest";
import { isStrictPublicKey, verifySignature } from "./ed25519.ts";

const p = 2n ** 255n - 19n;
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const littleEndian = (value: bigint) =>
  Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
const numberOf = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

const rfc8032 = [
  {
    name: "TEST 1",
    key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    name: "TEST 2",
    key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    name: "TEST 3",
    key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
].map(({ name, key, message, signature }) => ({
  name,
  key: fromHex(key),
  message: fromHex(message),
  signature: fromHex(signature),
}));

test.each(rfc8032)("RFC 8032 $name verifies, and another message does not", async ({ key, message, signature }) => {
  expect(await verifySignature(key, message, signature)).toBe(true);
  expect(await verifySignature(key, Uint8Array.of(...message, 0), signature)).toBe(false);
});

test.each(rfc8032)("RFC 8032 $name with S + L instead of S is refused", async ({ key, message, signature }) => {
  const s = numberOf(signature.subarray(32));
  const malleated = Uint8Array.of(...signature.subarray(0, 32), ...littleEndian(s + groupOrder));
  expect(await verifySignature(key, message, malleated)).toBe(false);
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("S + L, an R of small order and a non-canonical R are refused even where the engine accepts anything", async () => {
  vi.spyOn(crypto.subtle, "verify").mockResolvedValue(true);
  const [{ key, message, signature }] = rfc8032 as [(typeof rfc8032)[number]];
  expect(await verifySignature(key, message, signature)).toBe(true);
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  for (const [wrongR, wrongS] of [
    [r, littleEndian(groupOrder)],
    [r, littleEndian(numberOf(s) + groupOrder)],
    [littleEndian(1n), s],
    [littleEndian(p + 3n), s],
  ] as const) {
    expect(await verifySignature(key, message, Uint8Array.of(...wrongR, ...wrongS))).toBe(false);
  }
  expect(await verifySignature(key, message, Uint8Array.of(...r, ...littleEndian(groupOrder - 1n)))).toBe(true);
});

/** Every encoding, canonical or not, of the eight points whose order divides 8. */
function smallOrderEncodings(): Uint8Array[] {
  const y8 = numberOf(fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
  const ys = [0n, 1n, p - 1n, p, p + 1n, y8, p - y8];
  return ys.flatMap((y) => [littleEndian(y), littleEndian(y + 2n ** 255n)]);
}

test("the points of order 8 are what they are said to be", () => {
  // Doubling three times gives the neutral element (0, 1); x is found from the curve -x² + y² = 1 + d x² y².
  const mod = (value: bigint) => ((value % p) + p) % p;
  const power = (base: bigint, exponent: bigint): bigint =>
    exponent === 0n ? 1n : mod(power(mod(base * base), exponent / 2n) * (exponent % 2n === 1n ? base : 1n));
  const inverse = (value: bigint) => power(mod(value), p - 2n);
  const d = mod(-121665n * inverse(121666n));
  let y = numberOf(fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
  let xx = mod((y * y - 1n) * inverse(d * y * y + 1n));
  expect(power(xx, (p - 1n) / 2n)).toBe(1n);
  const orders = [];
  for (let doubling = 0; doubling < 3; doubling += 1) {
    const product = mod(d * xx * y * y);
    const nextY = mod((y * y + xx) * inverse(1n - product));
    xx = mod(4n * xx * y * y * inverse((1n + product) ** 2n));
    y = nextY;
    orders.push(xx === 0n && y === 1n);
  }
  expect(orders).toEqual([false, false, true]);
});

test("a public key of small order is refused, and so is the signature that fits any message", async () => {
  for (const key of smallOrderEncodings()) {
    expect(isStrictPublicKey(key), String(key)).toBe(false);
    const neutral = littleEndian(1n);
    const fitsAll = Uint8Array.of(...neutral, ...new Uint8Array(32));
    expect(await verifySignature(key, fromHex("00"), fitsAll)).toBe(false);
  }
});

test("a y coordinate of p or more is refused, one below is left to the engine", () => {
  for (let y = p + 2n; y < 2n ** 255n; y += 1n) expect(isStrictPublicKey(littleEndian(y))).toBe(false);
  expect(isStrictPublicKey(littleEndian(p - 2n))).toBe(true);
  for (const { key } of rfc8032) expect(isStrictPublicKey(key)).toBe(true);
});

test("what is no key, no point or no signature is false, and throws nothing", async () => {
  const [{ key, message, signature }] = rfc8032 as [(typeof rfc8032)[number]];
  expect(await verifySignature(key.subarray(1), message, signature)).toBe(false);
  expect(await verifySignature(key, message, signature.subarray(1))).toBe(false);
  expect(await verifySignature(key, message, new Uint8Array(64))).toBe(false);
  expect(await verifySignature(littleEndian(2n), message, signature)).toBe(false);
});
