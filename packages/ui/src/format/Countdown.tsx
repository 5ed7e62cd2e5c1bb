import { VisuallyHidden } from "@mantine/core";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { formatDuration } from "./formats.ts";

type CountdownProps = {
  /** A moment of the server's clock, ISO 8601. */
  readonly until: string;
  /** The server's clock in milliseconds, where it is known better than this device's. */
  readonly now?: () => number;
  /** Called once, when nothing is left. */
  readonly onEnd?: () => void;
};

/** Minutes at which a screen reader says how many are left; a voice every second would be unbearable. */
const spokenMinutes = [10, 5, 2, 1, 0];

/** What is left until a moment, second by second: `14:59`. */
export function Countdown({ until, now = Date.now, onEnd }: CountdownProps): ReactNode {
  const t = useTranslations("common.countdown");
  const end = Date.parse(until);
  const [left, setLeft] = useState(() => (end - now()) / 1000);
  const ended = useEffectEvent(() => onEnd?.());
  const read = useEffectEvent(() => (end - now()) / 1000);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = (): void => {
      const seconds = read();
      setLeft(seconds);
      if (seconds <= 0) ended();
      // Wakes where the shown figure changes, and so never skips one or shows one twice as long.
      else timer = setTimeout(tick, (seconds % 1) * 1000 || 1000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [end]);

  const minutes = Math.floor(Math.max(0, left) / 60);
  const spoken = spokenMinutes.find((minute) => minutes >= minute) ?? 0;
  return (
    <span role="timer" className="tabular">
      <span aria-hidden>{formatDuration(left)}</span>
      <VisuallyHidden aria-live="polite">
        {left <= 0 ? t("over") : t("minutesLeft", { minutes: minutes >= 10 ? minutes : spoken })}
      </VisuallyHidden>
    </span>
  );
}
