import { useEffect } from "react";

/** Keeps the screen on while a code is shown, where the device lets a page do so. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let left = false;
    const ask = async (): Promise<void> => {
      if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
      // Refused when the battery is low: then the screen goes dark as it always does.
      const granted = await navigator.wakeLock.request("screen").catch(() => null);
      if (left) void granted?.release();
      else lock = granted;
    };
    // The lock is lost whenever the page goes out of view.
    const askAgain = (): void => void ask();
    askAgain();
    document.addEventListener("visibilitychange", askAgain);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", askAgain);
      void lock?.release();
    };
  }, []);
}
