import { useEffect, useEffectEvent } from "react";
import { WedgeBuffer } from "./wedge.ts";

/** A scanner types a key every few milliseconds, over a slow Bluetooth link every hundred; people are slower. */
const gapMs = 300;
/** A burst of so many keys is no person: where the scanner adds no Enter, silence ends it. */
const certainLength = 20;

/**
 * Listens to a hand scanner wherever the focus is, except in a field. A single key is no code: a person has pressed it.
 *
 * @param enabled false while a dialog has the word: what is typed there, a PIN perhaps, is nobody's ticket
 * @param onKey a person's key, as a small letter
 */
export function useWedge(enabled: boolean, onCode: (text: string) => void, onKey: (key: string) => void): void {
  const deliver = useEffectEvent(onCode);
  const press = useEffectEvent(onKey);

  useEffect(() => {
    if (!enabled) return undefined;
    const buffer = new WedgeBuffer();
    let silence: ReturnType<typeof setTimeout> | undefined;

    const end = (isCode: boolean): void => {
      clearTimeout(silence);
      const text = buffer.take();
      if (text.length === 1) press(text.toLowerCase());
      else if (isCode && text !== "") deliver(text);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
      const ends = event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab";
      // By themselves these keys are a person's, who presses a button or moves on.
      if (buffer.length === 0 && (ends || event.code === "Space")) return;
      if (ends) {
        event.preventDefault();
        end(true);
        return;
      }
      buffer.add({
        code: event.code,
        key: event.key,
        shiftKey: event.shiftKey,
        capsLock: event.getModifierState("CapsLock"),
      });
      if (buffer.length === 0) return;
      event.preventDefault();
      clearTimeout(silence);
      silence = setTimeout(() => end(buffer.length >= certainLength), gapMs);
    };
    // A space within a code must not press the button that has the focus: some browsers do that when the key comes up.
    const onKeyUp = (event: KeyboardEvent): void => {
      if (buffer.length > 0 && event.code === "Space" && !isField(event.target)) event.preventDefault();
    };

    document.addEventListener("keydown", onKeyDown, { capture: true });
    document.addEventListener("keyup", onKeyUp, { capture: true });
    return () => {
      clearTimeout(silence);
      document.removeEventListener("keydown", onKeyDown, { capture: true });
      document.removeEventListener("keyup", onKeyUp, { capture: true });
    };
  }, [enabled]);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
