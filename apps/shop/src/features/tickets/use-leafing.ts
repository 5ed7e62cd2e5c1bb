import { type TouchEvent, useEffect, useEffectEvent, useRef } from "react";

const leastSwipe = 60;

type Leafing = { readonly previous: (() => void) | null; readonly next: (() => void) | null };

/** Arrow keys and swipes to the ticket before and after; gives the handlers for what is swiped over. */
export function useLeafing({ previous, next }: Leafing) {
  const from = useRef<{ x: number; y: number } | null>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [role=dialog]") !== null)
      return;
    if (event.key === "ArrowLeft") previous?.();
    if (event.key === "ArrowRight") next?.();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return {
    onTouchStart: ({ touches }: TouchEvent): void => {
      const [touch, second] = Array.from(touches);
      // Two fingers enlarge.
      from.current = touch === undefined || second !== undefined ? null : { x: touch.clientX, y: touch.clientY };
    },
    onTouchEnd: ({ changedTouches }: TouchEvent): void => {
      const [touch] = Array.from(changedTouches);
      if (touch === undefined || from.current === null) return;
      const [x, y] = [touch.clientX - from.current.x, touch.clientY - from.current.y];
      from.current = null;
      if (Math.abs(x) < leastSwipe || Math.abs(x) < 2 * Math.abs(y)) return;
      if (x > 0) previous?.();
      else next?.();
    },
  };
}
