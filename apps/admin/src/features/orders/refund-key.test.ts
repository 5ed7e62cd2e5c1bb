import { expect, test } from "vitest";
import { forgetRefundKey, refundKey } from "./refund-key.ts";

function storageOf(entries: readonly (readonly [string, string])[] = []) {
  const kept = new Map(entries);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function counter(): () => string {
  let last = 0;
  return () => `key ${++last}`;
}

const wish = { orderId: "order", ticketIds: ["a", "b"], note: "Postponed" };

test("a wish that nobody has answered keeps its key, in whatever order its tickets were chosen", () => {
  const [storage, newKey] = [storageOf(), counter()];
  expect(refundKey(wish, storage, newKey)).toBe("key 1");
  expect(refundKey({ ...wish, ticketIds: ["b", "a"] }, storage, newKey)).toBe("key 1");
});

test("another wish has another key: fewer tickets, another note, another order, or once it is done", () => {
  const [storage, newKey] = [storageOf(), counter()];
  const keys = [
    refundKey(wish, storage, newKey),
    refundKey({ ...wish, ticketIds: ["a"] }, storage, newKey),
    refundKey({ ...wish, note: "Ill" }, storage, newKey),
    refundKey({ ...wish, orderId: "other" }, storage, newKey),
  ];
  forgetRefundKey(wish.orderId, storage);
  keys.push(refundKey({ ...wish, note: "Ill" }, storage, newKey));
  expect(new Set(keys).size).toBe(keys.length);
});

test.for(["", "null", "{", '{"key":1}', '"text"'])("what is stored as %j is no key", (stored) => {
  const storage = storageOf([["tessera.refund.order", stored]]);
  expect(refundKey(wish, storage, counter())).toBe("key 1");
});
