import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import type { ScannerState } from "@tessera/scanner-core";
import { Pictogram, useDisciplineName, useFocusedHeading } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAgeText } from "../../shared/use-age.ts";
import { useGateName } from "../../shared/use-gate-name.ts";
import classes from "./StatusBar.module.css";

type StatusBarProps = {
  readonly competitionSession: CompetitionSessionSummary;
  readonly gate: Gate;
  readonly state: Pick<ScannerState, "admitted" | "connected" | "listMadeAtMs">;
  /** By the server's clock, unix milliseconds. */
  readonly nowMs: number;
  readonly actions: ReactNode;
};

/** Where this is, how many went in, and how much the tablet knows. */
export function StatusBar({ competitionSession, gate, state, nowMs, actions }: StatusBarProps): ReactNode {
  const t = useTranslations("scanner.scan");
  const disciplineName = useDisciplineName();
  const gateName = useGateName();
  const age = useAgeText();
  const heading = useFocusedHeading();

  return (
    <header className={classes.bar}>
      <div className={classes.where}>
        <h1 ref={heading} tabIndex={-1} className={classes.gate}>
          {gateName(gate)} · {competitionSession.code}
        </h1>
        <p className={classes.session}>{disciplineName(competitionSession)}</p>
      </div>
      <p className={classes.count} title={t("admittedLabel")}>
        {t("admitted", { count: state.admitted })}
      </p>
      <div className={classes.state} data-connected={state.connected}>
        <p className={classes.connection}>
          <Pictogram name={state.connected ? "ok" : "offline"} size={18} />
          {state.connected ? t("connected") : t("disconnected")}
        </p>
        <p className={classes.age}>{t("listAge", { age: age(nowMs - state.listMadeAtMs) })}</p>
      </div>
      <div className={classes.actions}>{actions}</div>
    </header>
  );
}
