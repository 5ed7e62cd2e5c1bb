import { expect, test } from "vitest";
import { WedgeBuffer, type WedgeKey } from "./wedge.ts";

const us: Readonly<Record<string, readonly [code: string, shiftKey: boolean]>> = {
  " ": ["Space", false],
  $: ["Digit4", true],
  "%": ["Digit5", true],
  "*": ["Digit8", true],
  "+": ["Equal", true],
  "-": ["Minus", false],
  ".": ["Period", false],
  "/": ["Slash", false],
  ":": ["Semicolon", true],
};

/** What an AZERTY tablet makes of the places that differ from QWERTY's and appear in our codes. */
const azerty: Readonly<Record<string, string>> = {
  KeyQ: "A",
  KeyA: "Q",
  KeyW: "Z",
  KeyZ: "W",
  KeyM: "?",
  Semicolon: "M",
};

/** The keys of a scanner set up as a US keyboard, as a tablet with an AZERTY layout reports them. */
function typed(text: string): WedgeKey[] {
  return Array.from(text, (character) => {
    const [code, shiftKey] =
      us[character] ?? (/\d/.test(character) ? [`Digit${character}`, false] : [`Key${character}`, true]);
    return { code, shiftKey, key: azerty[code] ?? "&", capsLock: false };
  });
}

function read(keys: readonly WedgeKey[]): string {
  const buffer = new WedgeBuffer();
  for (const key of keys) buffer.add(key);
  return buffer.take();
}

const alphabet = "TSR1:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./: ";

test("reads every character of a code by its place, spaces at the end included", () => {
  expect(read(typed(alphabet))).toBe(alphabet);
});

test("Shift itself is no character", () => {
  const shift = { code: "ShiftLeft", key: "Shift", shiftKey: true, capsLock: false };
  expect(read([shift, ...typed("TSR1:A"), shift])).toBe("TSR1:A");
});

test("a scanner that relies on Caps Lock, or a tablet on which it was left on, reads the same", () => {
  expect(read(typed("TSR1:AB").map((key) => ({ ...key, capsLock: true })))).toBe("TSR1:AB");
  const withoutShift = typed("TSR").map((key) => ({ ...key, shiftKey: false, capsLock: true }));
  expect(read(withoutShift)).toBe("TSR");
});

test("a scanner set up for the tablet's own layout is believed when only that reads as a code", () => {
  const layout = Array.from(alphabet, (key) => ({ code: "KeyX", key, shiftKey: false, capsLock: false }));
  expect(read(layout)).toBe(alphabet);
});

test("a tablet that does not say places is read by its layout", () => {
  expect(read(Array.from(alphabet, (key) => ({ code: "", key, shiftKey: false, capsLock: false })))).toBe(alphabet);
});

test("a buffer that was taken is empty", () => {
  const buffer = new WedgeBuffer();
  for (const key of typed("TSR1:A")) buffer.add(key);
  expect(buffer.length).toBe(6);
  buffer.take();
  expect(buffer.take()).toBe("");
});
