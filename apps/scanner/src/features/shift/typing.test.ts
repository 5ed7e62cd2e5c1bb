import { expect, test } from "vitest";
import { addDigit, nothingTyped, type Typing, typeKey } from "./typing.ts";

/** The keys of a text, and those pressed after it. */
const keysOf = (text: string, ...after: readonly string[]): string[] => [...Array.from(text), ...after];

/** Types keys one after another, so many milliseconds apart; gives the PINs that were tried. */
function typeAll(keys: readonly string[], apartMs: number): { tried: string[]; typing: Typing } {
  let typing = nothingTyped;
  const tried: string[] = [];
  keys.forEach((key, index) => {
    const typed = typeKey(typing, key, index * apartMs);
    typing = typed.typing;
    if (typed.done !== null) tried.push(typed.done);
  });
  return { tried, typing };
}

test("six digits and Enter are a try, slow or fast", () => {
  expect(typeAll(keysOf("274819", "Enter"), 200).tried).toEqual(["274819"]);
  expect(typeAll(keysOf("274819", "Enter"), 1).tried).toEqual(["274819"]);
});

test("digits alone are none, and Enter too soon is somebody else's", () => {
  expect(typeAll(keysOf("274819"), 200)).toMatchObject({ tried: [], typing: { pin: "274819" } });
  expect(typeKey({ pin: "27481", deafUntilMs: 0 }, "Enter", 0)).toMatchObject({ taken: false, done: null });
});

test("what is wrong is taken back", () => {
  expect(typeAll(keysOf("274818", "Backspace", "9", "Enter"), 200).tried).toEqual(["274819"]);
});

test.each([
  ["a ticket", "TSR1:0123456789ABCDEF"],
  ["a ticket read as on a French keyboard", "TSR&M123456"],
  ["a barcode of digits", "3017620422003"],
  ["a barcode of seven digits", "1234567"],
])("%s from a hand scanner is no try", (_, text) => {
  expect(typeAll(keysOf(text, "Enter"), 5)).toMatchObject({ tried: [], typing: { pin: "" } });
});

test("after the hand scanner a person is heard again", () => {
  const after = typeAll(keysOf("TSR1:012345", "Enter"), 5).typing;
  expect(typeKey(after, "2", after.deafUntilMs)).toMatchObject({ typing: { pin: "2" }, taken: true });
});

test("keys that move about are left alone", () => {
  for (const key of ["Tab", "Shift", "Escape", " "]) expect(typeKey(nothingTyped, key, 0).taken).toBe(false);
});

test("the sixth touch of the pad is the last", () => {
  expect(addDigit({ pin: "27481", deafUntilMs: 0 }, "9")).toEqual({ typing: nothingTyped, done: "274819" });
});
