import type { Scan } from "@tessera/scanner-core";
import { useEffect } from "react";
import { play, vibrate, wakeSound } from "./feedback.ts";

/** Says each new outcome to ear and hand. Details that come after change nothing that was heard. */
export function useFeedback(scan: Scan | null, sound: boolean): void {
  const outcome = scan === null || scan.status === "asking" ? null : scan.verdict.outcome;
  const nonce = scan?.nonce;

  useEffect(() => {
    wakeSound();
    const wake = new AbortController();
    for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, wakeSound, { signal: wake.signal });
    return () => wake.abort();
  }, []);

  useEffect(() => {
    if (outcome === null) return;
    if (sound) play(outcome);
    vibrate(outcome);
    // oxlint-disable-next-line react/exhaustive-deps -- another scan with the same outcome is heard again; a switch of the sound is not
  }, [nonce, outcome]);
}
