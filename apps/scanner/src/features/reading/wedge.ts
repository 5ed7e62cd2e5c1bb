/**
 * What a hand scanner types. It plays a keyboard, and sends the keys of a US one unless it was set up otherwise: the
 * tablet's own layout then makes other characters of them (on AZERTY, `TSR1:` becomes `TSR&M`). So each key is taken by
 * its place (`KeyboardEvent.code`) and read as on a US keyboard: digits stand there without Shift, `$` is Shift and 4,
 * `%` Shift and 5, `*` Shift and 8, `+` Shift and `=`, `:` Shift and `;`.
 *
 * A scanner that was set up for the tablet's layout sends other keys for the same characters. What the layout makes of
 * them (`KeyboardEvent.key`) is kept beside, and counts when only that begins like one of our codes. Caps Lock changes
 * nothing: a letter is a capital if Shift is held or Caps Lock is on. Enter or Tab ends a code. Nothing is trimmed.
 */
export type WedgeKey = Pick<KeyboardEvent, "code" | "key" | "shiftKey"> & { readonly capsLock: boolean };

const ourPrefix = "TSR1:";

/** By place: without Shift, with Shift. */
const symbols: Readonly<Record<string, readonly [string, string]>> = {
  Backquote: ["`", "~"],
  Digit1: ["1", "!"],
  Digit2: ["2", "@"],
  Digit3: ["3", "#"],
  Digit4: ["4", "$"],
  Digit5: ["5", "%"],
  Digit6: ["6", "^"],
  Digit7: ["7", "&"],
  Digit8: ["8", "*"],
  Digit9: ["9", "("],
  Digit0: ["0", ")"],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
  Space: [" ", " "],
  NumpadAdd: ["+", "+"],
  NumpadSubtract: ["-", "-"],
  NumpadMultiply: ["*", "*"],
  NumpadDivide: ["/", "/"],
  NumpadDecimal: [".", "."],
};

/** The character of a key on a US keyboard; undefined for a key that has none, such as Shift itself. */
function usCharacter({ code, key, shiftKey, capsLock }: WedgeKey): string | undefined {
  // Some tablets do not say which place a key of a Bluetooth scanner has.
  if (code === "" || code === "Unidentified") return key.length === 1 ? key : undefined;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey || capsLock ? letter : letter.toLowerCase();
  const digit = /^Numpad(\d)$/.exec(code)?.[1];
  return digit ?? symbols[code]?.[shiftKey ? 1 : 0];
}

/** Collects the keys of one burst. */
export class WedgeBuffer {
  #byPlace = "";
  #byLayout = "";

  get length(): number {
    return this.#byPlace.length;
  }

  add(key: WedgeKey): void {
    this.#byPlace += usCharacter(key) ?? "";
    this.#byLayout += key.key.length === 1 ? key.key : "";
  }

  /** The code as it was meant, and an empty buffer. */
  take(): string {
    const [byPlace, byLayout] = [this.#byPlace, this.#byLayout];
    this.#byPlace = "";
    this.#byLayout = "";
    return byLayout.startsWith(ourPrefix) && !byPlace.startsWith(ourPrefix) ? byLayout : byPlace;
  }
}
