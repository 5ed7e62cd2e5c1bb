import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase45, encodeBase45 } from "./base45.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

test.each([
  ["AB", "BB8"],
  ["Hello!!", "%69 VD92EX0"],
  ["base-45", "UJCLQE7W581"],
  ["ietf!", "QED8WEX0"],
  ["", ""],
])("RFC 9285: %j is %j", (plain, encoded) => {
  expect(encodeBase45(ascii(plain))).toBe(encoded);
  expect(decodeBase45(encoded)).toEqual(ascii(plain));
});

test.each(["A", "BB8A", "GGW", ":::", "V5", "::", "bb8", "BB8\n", " BB8", "BB_", "BB\u{1F3DF}"])(
  "%j is nothing that an encoder writes",
  (text) => {
    expect(decodeBase45(text)).toBeNull();
  },
);

test("the highest triple and the highest pair still decode", () => {
  expect(decodeBase45("FGW")).toEqual(Uint8Array.of(255, 255));
  expect(decodeBase45("U5")).toEqual(Uint8Array.of(255));
});

test("what decodes, encodes to the same text; what was encoded, decodes to the same bytes", () => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const text = fc.string({ unit: fc.constantFrom(...alphabet.split("")), maxLength: 60 });
  fc.assert(
    fc.property(text, (candidate) => {
      const bytes = decodeBase45(candidate);
      if (bytes !== null) expect(encodeBase45(bytes)).toBe(candidate);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeBase45(encodeBase45(bytes))).toEqual(new Uint8Array(bytes));
    }),
  );
});
