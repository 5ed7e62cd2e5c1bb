import { pinLength } from "./pin-rules.ts";

/** What has been typed of a PIN. `deafUntilMs`: until then every key is a hand scanner's. */
export type Typing = { readonly pin: string; readonly deafUntilMs: number };

export const nothingTyped: Typing = { pin: "", deafUntilMs: 0 };

/** A hand scanner types faster than this; after it has been quiet for as long, keys are a person's again. */
const quietMs = 500;

type Typed = {
  readonly typing: Typing;
  /** The key was for the PIN, or is a hand scanner's: nothing else shall hear it. */
  readonly taken: boolean;
  /** The whole PIN, once Enter is pressed. */
  readonly done: string | null;
};

/** A digit of the pad; the sixth is the last. */
export function addDigit({ pin, deafUntilMs }: Typing, digit: string): { typing: Typing; done: string | null } {
  const longer = pin.length < pinLength ? pin + digit : digit;
  return longer.length === pinLength
    ? { typing: nothingTyped, done: longer }
    : { typing: { pin: longer, deafUntilMs }, done: null };
}

/**
 * A key of the keyboard. Digits alone try nothing, Enter after exactly six does: a ticket that somebody scans at a locked
 * tablet must cost nobody their tries.
 *
 * @param key as `KeyboardEvent.key` says it
 */
export function typeKey(typing: Typing, key: string, nowMs: number): Typed {
  const deaf: Typed = { typing: { pin: "", deafUntilMs: nowMs + quietMs }, taken: true, done: null };
  if (nowMs < typing.deafUntilMs) return deaf;
  if (/^\d$/.test(key)) {
    if (typing.pin.length === pinLength) return deaf;
    return { typing: { ...typing, pin: typing.pin + key }, taken: true, done: null };
  }
  if (key === "Backspace") return { typing: { ...typing, pin: typing.pin.slice(0, -1) }, taken: true, done: null };
  if (key === "Enter" && typing.pin.length === pinLength)
    return { typing: nothingTyped, taken: true, done: typing.pin };
  // The space bar presses what has the focus.
  if (key.length === 1 && key !== " ") return deaf;
  return { typing, taken: false, done: null };
}
