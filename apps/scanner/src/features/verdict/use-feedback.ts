import type { Outcome } from "@tessera/contracts";
import { useEffect, useEffectEvent, useState } from "react";
import { isSoundAwake, play, type Signal, vibrate, wakeSound } from "./feedback.ts";

/** What is to be heard: an answer, named by its scan and what has been decided since. */
export type Heard = { readonly key: string | number; readonly outcome: Outcome };

type Feedback = {
  /** Sound is wanted, and the browser waits for a touch. */
  readonly asleep: boolean;
};

/** Says each new outcome to ear and hand, and each alarm. Details that come after change nothing that was heard. */
export function useFeedback(heard: Heard | null, alarm: string | number | null, sound: boolean): Feedback {
  const [awake, setAwake] = useState(false);
  const key = heard?.key;
  const outcome = heard?.outcome;

  useEffect(() => {
    const wake = (): void => void wakeSound().then(() => setAwake(isSoundAwake()));
    wake();
    const ending = new AbortController();
    for (const type of ["pointerdown", "pointerup", "keydown"]) {
      document.addEventListener(type, wake, { signal: ending.signal });
    }
    return () => ending.abort();
  }, []);

  const give = useEffectEvent((signal: Signal): void => {
    if (sound) play(signal);
    vibrate(signal);
  });
  useEffect(() => {
    if (outcome !== undefined) give(outcome);
  }, [key, outcome]);
  useEffect(() => {
    if (alarm !== null) give("alarm");
  }, [alarm]);

  return { asleep: sound && !awake };
}
