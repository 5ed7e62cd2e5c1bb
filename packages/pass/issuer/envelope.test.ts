import fc from "fast-check";
import { expect, test } from "vitest";
import { kekIdOf, open, seal, SealError, type Kek, type SealedPlace } from "./envelope.ts";
import { bytesOf, toHex } from "./testing/example.ts";

const kek: Kek = { id: "purchase-key/2028-1", key: bytesOf(0x70) };
const keks = new Map([[kek.id, kek]]);
const place: SealedPlace = { table: "ticket_epoch", column: "purchase_key", rowId: "01990b5a", epoch: 3 };
const secret = bytesOf(0x20);

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
  return "opened";
};

test("what was sealed opens in its place, names its KEK and does not show the secret", () => {
  const sealed = seal(kek, secret, place);
  expect(open(keks, sealed, place)).toEqual(secret);
  expect(kekIdOf(sealed)).toBe(kek.id);
  expect(sealed).toHaveLength(2 + kek.id.length + 12 + secret.length + 16);
  expect(toHex(sealed).includes(toHex(secret))).toBe(false);
  expect(seal(kek, secret, place)).not.toEqual(sealed);
});

test.each<[string, Partial<SealedPlace>]>([
  ["table", { table: "ticket" }],
  ["column", { column: "other" }],
  ["row", { rowId: "01990b5b" }],
  ["epoch", { epoch: 4 }],
  ["split of the names", { table: "ticket_epochp", column: "urchase_key" }],
])("it does not open in another %s", (_, change) => {
  const sealed = seal(kek, secret, place);
  expect(codeOf(() => open(keks, sealed, { ...place, ...change }))).toBe("not_authentic");
});

test("a KEK that is not there, and another key under the same id, are told apart", () => {
  const sealed = seal(kek, secret, place);
  expect(codeOf(() => open(new Map(), sealed, place))).toBe("unknown_kek");
  const impostor = new Map([[kek.id, { id: kek.id, key: bytesOf(0x71) }]]);
  expect(codeOf(() => open(impostor, sealed, place))).toBe("not_authentic");
});

test("every changed bit and every cut is refused", () => {
  const sealed = seal(kek, secret, place);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const index = bit >> 3;
    const changed = sealed.with(index, (sealed[index] ?? 0) ^ (1 << (bit & 7)));
    expect(codeOf(() => open(keks, changed, place))).not.toBe("opened");
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(codeOf(() => open(keks, sealed.subarray(0, length), place))).not.toBe("opened");
  }
});

test("any bytes at all give a SealError, and any secret comes back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => codeOf(() => open(keks, bytes, place)) !== "opened"),
  );
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), fc.nat(), (bytes, rowId, epoch) => {
      const here = { ...place, rowId, epoch };
      expect(open(keks, seal(kek, bytes, here), here)).toEqual(new Uint8Array(bytes));
    }),
  );
});

test("a KEK without an id or with a short key seals nothing", () => {
  expect(() => seal({ ...kek, id: "" }, secret, place)).toThrow(RangeError);
  expect(() => seal({ ...kek, key: bytesOf(0, 16) }, secret, place)).toThrow(RangeError);
});
