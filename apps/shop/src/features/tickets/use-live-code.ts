import { makeCode, secondsLeft, slotAt } from "@tessera/pass";
import { useEffect, useEffectEvent, useState } from "react";
import { type DeviceKey, signerOf } from "./device-keys.ts";

export type LiveCode = {
  /** The QR code's text; null until the first one is made. */
  readonly text: string | null;
  /** Whole seconds until the next code takes its place, 15 to 1. */
  readonly secondsLeft: number;
  /** The key on this device did not sign. */
  readonly failed: boolean;
};

/** The code of a ticket, made anew at each turn of the server's 15-second slot. `key` holds the pass. */
export function useLiveCode(key: DeviceKey, now: () => number): LiveCode {
  const [seconds, setSeconds] = useState(() => secondsLeft(now()));
  const [code, setCode] = useState<{ readonly key: DeviceKey; readonly slot: number; readonly text: string } | null>(
    null,
  );
  const [failed, setFailed] = useState(false);
  const read = useEffectEvent(now);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownSlot: number | null = null;
    let left = false;

    const show = async (slot: number): Promise<void> => {
      if (key.activated === null) return;
      try {
        const text = await makeCode(key.activated.pass, slot, signerOf(key));
        if (left) return;
        setCode({ key, slot, text });
        setFailed(false);
      } catch {
        // A browser may lose a key that it promised to keep; the page then says how to go on.
        if (!left) setFailed(true);
      }
    };
    const tick = (): void => {
      const ms = read();
      const slot = slotAt(ms);
      if (slot !== shownSlot) void show(slot);
      shownSlot = slot;
      setSeconds(secondsLeft(ms));
      timer = setTimeout(tick, 1000 - (ms % 1000));
    };
    // A phone that wakes up must not show an old code until its timers wake up too.
    const wake = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") tick();
    };
    tick();
    document.addEventListener("visibilitychange", wake);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [key]);

  return { text: code?.key === key ? code.text : null, secondsLeft: seconds, failed };
}
