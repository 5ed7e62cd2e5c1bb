import { useEffect, useEffectEvent } from "react";
import { onActivity } from "../../shared/activity.ts";

/** How long nobody may touch the tablet or scan before it locks itself. */
const idleMs = 10 * 60_000;
const touches = ["pointerdown", "keydown"] as const;

/** Locks a tablet that was left alone, also one that slept meanwhile. Nothing while nobody has unlocked it. */
export function useAutoLock(unlocked: boolean, lock: () => void): void {
  const onIdle = useEffectEvent(lock);
  useEffect(() => {
    if (!unlocked) return undefined;
    let touchedAt = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      clearTimeout(timer);
      const leftMs = touchedAt + idleMs - Date.now();
      if (leftMs <= 0) onIdle();
      else timer = setTimeout(look, leftMs);
    };
    const touch = (): void => {
      // After a sleep the first touch comes before the timer.
      look();
      touchedAt = Date.now();
    };
    look();
    const stopListening = onActivity(touch);
    for (const kind of touches) document.addEventListener(kind, touch, { capture: true, passive: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      stopListening();
      for (const kind of touches) document.removeEventListener(kind, touch, { capture: true });
      document.removeEventListener("visibilitychange", look);
    };
  }, [unlocked]);
}
