import { useEffect } from "react";

/** Keeps the screen lit while the page is in front, where the device allows it, and says when it comes to the front. */
export function useAwake(onWake: () => void): void {
  useEffect(() => {
    let lock: Promise<WakeLockSentinel | null> | undefined;
    const hold = (): void => {
      if (document.hidden) return;
      // Refused on a low battery: the screen then goes dark as it always does.
      if ("wakeLock" in navigator) lock = navigator.wakeLock.request("screen").catch(() => null);
    };
    const onVisibility = (): void => {
      hold();
      if (!document.hidden) onWake();
    };
    hold();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      void lock?.then((held) => held?.release());
    };
  }, [onWake]);
}
