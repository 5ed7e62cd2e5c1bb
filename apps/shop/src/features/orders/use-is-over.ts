import { useEffect, useEffectEvent, useState } from "react";

/** A browser's timers hold no more milliseconds than this. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Whether a moment has passed, and a new drawing when it does.
 *
 * @param until ISO 8601; null: never
 * @param now the server's clock, in milliseconds
 */
export function useIsOver(until: string | null, now: () => number): boolean {
  const [, drawAgain] = useState(0);
  const end = until === null ? Infinity : Date.parse(until);
  const leftMs = useEffectEvent(() => end - now());
  useEffect(() => {
    const ms = leftMs();
    if (ms <= 0 || ms > longestTimerMs) return undefined;
    const timer = setTimeout(() => drawAgain((times) => times + 1), ms + 50);
    return () => clearTimeout(timer);
  }, [end]);
  return end <= now();
}
