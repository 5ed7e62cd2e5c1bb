import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { checkSeal, deriveEpochToken, deriveTicketKey, generateSecret, sealPass } from "./derive.ts";
import {
  accountKey,
  bytesOf,
  fromHex,
  issueExample,
  purchaseKey,
  ticketId,
  toHex,
  tokenKey,
} from "./testing/example.ts";

/** HKDF-SHA-256 written out from RFC 5869 section 2, as another reader of docs/e-ticket.md would. */
function hkdf(key: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const hmac = (by: Uint8Array, text: Uint8Array) => createHmac("sha256", by).update(text).digest();
  const extracted = hmac(salt, key);
  let block = Buffer.alloc(0);
  let output = Buffer.alloc(0);
  for (let counter = 1; output.length < length; counter += 1) {
    block = hmac(extracted, Buffer.concat([block, info, Buffer.of(counter)]));
    output = Buffer.concat([output, block]);
  }
  return new Uint8Array(output.subarray(0, length));
}

test.each([
  {
    name: "A.1",
    key: "0b".repeat(22),
    salt: "000102030405060708090a0b0c",
    info: "f0f1f2f3f4f5f6f7f8f9",
    output: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  },
  {
    name: "A.2",
    key: toHex(bytesOf(0x00, 80)),
    salt: toHex(bytesOf(0x60, 80)),
    info: toHex(bytesOf(0xb0, 80)),
    output:
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
  },
  {
    name: "A.3",
    key: "0b".repeat(22),
    salt: "",
    info: "",
    output: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  },
])("the test's own HKDF is RFC 5869's ($name)", ({ key, salt, info, output }) => {
  expect(toHex(hkdf(fromHex(key), fromHex(salt), fromHex(info), output.length / 2))).toBe(output);
});

const salt = fromHex(ticketId.replaceAll("-", ""));
const info = (label: string, epoch: number) => new Uint8Array(Buffer.concat([Buffer.from(label), Buffer.of(0, epoch)]));

test("the ticket key is HKDF of both halves, salted with the ticket's id", () => {
  const halves = Uint8Array.of(...accountKey, ...purchaseKey);
  expect(deriveTicketKey(accountKey, purchaseKey, ticketId, 3)).toEqual(
    hkdf(halves, salt, info("tessera/ticket-key/v1", 3), 32),
  );
});

test("an epoch's token is HKDF of the token key, salted with the ticket's id", () => {
  expect(deriveEpochToken(tokenKey, ticketId, 4)).toEqual(hkdf(tokenKey, salt, info("tessera/epoch-token/v1", 4), 16));
});

test("each input changes the ticket key", () => {
  const other = "01990b5a-7c00-7abc-8def-0123456789ac";
  const keys = [
    deriveTicketKey(accountKey, purchaseKey, ticketId, 3),
    deriveTicketKey(purchaseKey, accountKey, ticketId, 3),
    deriveTicketKey(accountKey, bytesOf(0x21), ticketId, 3),
    deriveTicketKey(accountKey, purchaseKey, other, 3),
    deriveTicketKey(accountKey, purchaseKey, ticketId, 4),
  ];
  expect(new Set(keys.map(toHex)).size).toBe(keys.length);
});

test("a key of the wrong length or an epoch out of range is refused", () => {
  expect(() => deriveTicketKey(bytesOf(0, 31), purchaseKey, ticketId, 1)).toThrow(RangeError);
  expect(() => deriveTicketKey(accountKey, bytesOf(0, 33), ticketId, 1)).toThrow(RangeError);
  expect(() => deriveEpochToken(tokenKey, ticketId, 65_536)).toThrow(RangeError);
  expect(() => sealPass(bytesOf(0, 31), issueExample())).toThrow(RangeError);
});

test("only the ticket key that sealed a pass finds its seal right", () => {
  const pass = issueExample();
  const key = deriveTicketKey(accountKey, purchaseKey, ticketId, 3);
  expect(checkSeal(key, pass)).toBe(true);
  expect(checkSeal(deriveTicketKey(accountKey, purchaseKey, ticketId, 2), pass)).toBe(false);
  expect(checkSeal(key, pass.with(22, 9))).toBe(false);
  expect(checkSeal(key, pass.with(83, (pass[83] ?? 0) ^ 1))).toBe(false);
  expect(checkSeal(key, pass.subarray(0, 90))).toBe(false);
});

test("secrets are 32 bytes and never the same", () => {
  expect(generateSecret()).toHaveLength(32);
  expect(generateSecret()).not.toEqual(generateSecret());
});
