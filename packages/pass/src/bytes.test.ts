import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64url, toBase64url, unsigned } from "./bytes.ts";
import { uuidFromBytes, uuidToBytes } from "./uuid.ts";

test("integers are big-endian, and one that does not fit throws", () => {
  expect(unsigned(0x01020304, 4, "it")).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(unsigned(0xfffffffe, 4, "it")).toEqual(Uint8Array.of(255, 255, 255, 254));
  for (const wrong of [-1, 65536, 1.5, Number.NaN]) expect(() => unsigned(wrong, 2, "it")).toThrow(RangeError);
});

test("base64url comes back as it was, without padding", () => {
  expect(toBase64url(Uint8Array.of(0xfb, 0xff, 0xfe, 0x01))).toBe("-__-AQ");
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64url(toBase64url(bytes))).toEqual(new Uint8Array(bytes));
    }),
  );
  for (const wrong of ["A", "AB=", "A+", "AB", "a b"]) expect(() => fromBase64url(wrong)).toThrow(TypeError);
});

test("a UUID's text is its 16 bytes", () => {
  const uuid = "01990b5a-7c00-7abc-8def-0123456789ab";
  expect(uuidFromBytes(uuidToBytes(uuid))).toBe(uuid);
  for (const wrong of ["", uuid.toUpperCase(), uuid.slice(1), `${uuid}0`])
    expect(() => uuidToBytes(wrong)).toThrow(TypeError);
});
