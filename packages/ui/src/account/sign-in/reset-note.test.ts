import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetReset, notedReset, noteReset } from "./reset-note.ts";

const now = Date.parse("2026-11-22T10:00:00Z");
const hour = 3_600_000;
const readyAt = "2026-11-25T10:00:00.000Z";

beforeEach(() => {
  const notes = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, text: string) => void notes.set(key, text),
    removeItem: (key: string) => void notes.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test("a reset that was asked for here is known after a reload, to that account alone", () => {
  noteReset("lea", readyAt, now);
  expect(notedReset("lea", now + hour)).toEqual({ requestedAt: "2026-11-22T10:00:00.000Z", readyAt });
  expect(notedReset("noa", now + hour)).toBeNull();
});

test("asked again, it has been waiting since the first time", () => {
  noteReset("lea", readyAt, now);
  expect(noteReset("lea", readyAt, now + hour).requestedAt).toBe("2026-11-22T10:00:00.000Z");
});

test("one that is long over, or that its owner has been told of, is forgotten", () => {
  noteReset("lea", readyAt, now);
  expect(notedReset("lea", Date.parse(readyAt) + 8 * 24 * hour)).toBeNull();
  forgetReset("lea");
  expect(notedReset("lea", now)).toBeNull();
});

test("what is none is none", () => {
  localStorage.setItem("tessera.factor-reset.lea", "{}");
  expect(notedReset("lea", now)).toBeNull();
  localStorage.setItem("tessera.factor-reset.lea", "not JSON");
  expect(notedReset("lea", now)).toBeNull();
});
