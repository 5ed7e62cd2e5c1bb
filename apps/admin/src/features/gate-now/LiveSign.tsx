import { Button } from "@mantine/core";
import { Pictogram, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { LiveState } from "./use-gate-live.ts";
import classes from "./GateNow.module.css";

type LiveSignProps = {
  readonly state: LiveState;
  readonly changedAt: string | null;
  readonly timeZone: string;
  readonly onReconnect: () => void;
};

/** Whether the figures below are those of now. */
export function LiveSign({ state, changedAt, timeZone, onReconnect }: LiveSignProps): ReactNode {
  const t = useTranslations("admin.gate.now");
  const { date } = useFormats();
  return (
    <div className={classes.live} data-state={state}>
      <span role="status" className={classes.liveState}>
        <Pictogram name={state === "live" ? "ok" : state === "connecting" ? "clock" : "offline"} size={18} />
        {t(state)}
      </span>
      {changedAt !== null && (
        <span className={classes.quiet}>{t("changedAt", { time: date(changedAt, timeZone, "exactTime") })}</span>
      )}
      {state === "stopped" && (
        <Button variant="outline" color="ink" size="sm" onClick={onReconnect}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
