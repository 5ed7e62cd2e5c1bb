import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { kept } from "./kept.ts";
import { forgetOwner, lastAddress, noteAddress, noteSignedIn } from "./last-owner.ts";

const ended = (): boolean => kept("tab", "was-signed-in") !== null;

beforeEach(() => {
  const notes = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, text: string) => void notes.set(key, text),
    removeItem: (key: string) => void notes.delete(key),
  });
});
afterEach(() => {
  forgetOwner();
  vi.unstubAllGlobals();
});

test("who was signed in and has not left is told so, and need not type the address again", () => {
  noteSignedIn("lea@example.org");
  expect([ended(), lastAddress()]).toEqual([true, "lea@example.org"]);
});

test("who has left by themselves leaves nothing", () => {
  noteSignedIn("lea@example.org");
  forgetOwner();
  expect([ended(), lastAddress()]).toEqual([false, ""]);
});

test("who has reset the password knows why the session ended, and has the same address", () => {
  noteSignedIn("lea@example.org");
  noteAddress(null);
  expect([ended(), lastAddress()]).toEqual([false, "lea@example.org"]);
});

test("where storage is forbidden the page remembers by itself", () => {
  vi.stubGlobal("sessionStorage", undefined);
  noteSignedIn("lea@example.org");
  expect([ended(), lastAddress()]).toEqual([true, "lea@example.org"]);
});
