import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

/** Says how long ago something was: in seconds, from a minute on in minutes, then in hours. */
export function useAgeText(): (ms: number) => string {
  const t = useTranslations("scanner.scan.age");
  return useCallback(
    (ms) => {
      const seconds = Math.max(0, Math.floor(ms / 1000));
      if (seconds < 60) return t("seconds", { count: seconds });
      if (seconds < 3600) return t("minutes", { count: Math.floor(seconds / 60) });
      return t("hours", { count: Math.floor(seconds / 3600) });
    },
    [t],
  );
}

/** A clock's reading once a second, for ages that count up on the screen. */
export function useSeconds(nowMs: () => number): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), 1000);
    return () => clearInterval(timer);
  }, [nowMs]);
  return now;
}
