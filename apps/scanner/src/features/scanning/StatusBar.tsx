import { SegmentedControl, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { CompetitionSessionSummary, Direction, Gate } from "@tessera/contracts";
import { Pictogram, useDisciplineName, useFocusedHeading } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAgeText } from "../../shared/use-age.ts";
import { useGateName } from "../../shared/use-gate-name.ts";
import type { Freshness } from "./freshness.ts";
import classes from "./StatusBar.module.css";

/** How the tablet stands. */
export type Standing = {
  readonly connected: boolean;
  /** Null while there is no list. */
  readonly listAgeMs: number | null;
  readonly freshness: Freshness;
  /** Records that the server has not taken yet. */
  readonly queued: number;
  /** Admitted to this competition session by this tablet. */
  readonly admitted: number;
  /** Tickets inside now, in all zones, as far as the tablet knows. */
  readonly inside: number;
};

type StatusBarProps = {
  readonly competitionSession: CompetitionSessionSummary;
  readonly gate: Gate;
  readonly direction: Direction;
  /** Null where people only go in. */
  readonly onDirection: ((direction: Direction) => void) | null;
  readonly standing: Standing;
  /** Shows the tickets inside by zone. */
  readonly onInside: () => void;
  readonly actions: ReactNode;
};

/** Where this is, which way people go, how many are in, and how much the tablet knows. */
export function StatusBar(props: StatusBarProps): ReactNode {
  const { competitionSession, gate, direction, onDirection, standing, onInside, actions } = props;
  const t = useTranslations("scanner.scan");
  const disciplineName = useDisciplineName();
  const gateName = useGateName();
  const heading = useFocusedHeading();

  return (
    <header className={classes.bar} data-direction={direction}>
      <div className={classes.where}>
        <h1 ref={heading} tabIndex={-1} className={classes.gate}>
          {gateName(gate)} · {competitionSession.code}
        </h1>
        <p className={classes.session}>{disciplineName(competitionSession)}</p>
      </div>
      {onDirection !== null && (
        <SegmentedControl
          className={classes.direction ?? ""}
          aria-label={t("direction")}
          value={direction}
          onChange={onDirection}
          data={[
            { value: "in", label: t("in") },
            { value: "out", label: t("out") },
          ]}
        />
      )}
      <VisuallyHidden role="status">{direction === "in" ? t("inNow") : t("outNow")}</VisuallyHidden>
      <div className={classes.counts}>
        <UnstyledButton className={classes.inside} title={t("insideHint")} onClick={onInside}>
          <Pictogram name="people" size={18} />
          {t("inside", { count: standing.inside })}
        </UnstyledButton>
        <p title={t("admittedLabel")}>{t("admitted", { count: standing.admitted })}</p>
      </div>
      <Knowledge standing={standing} />
      <div className={classes.actions}>{actions}</div>
    </header>
  );
}

/** Whether there is contact, how old the list is, and what waits to be sent. Never colour alone. */
function Knowledge({ standing }: { readonly standing: Standing }): ReactNode {
  const t = useTranslations("scanner.scan");
  const age = useAgeText();
  const { connected, listAgeMs, freshness, queued } = standing;
  const said = { fresh: "listAge", aging: "listAging", old: "listOld" } as const;
  return (
    <div className={classes.state} data-connected={connected}>
      <p className={classes.connection}>
        <Pictogram name={connected ? "ok" : "offline"} size={18} />
        {connected ? t("connected") : t("disconnected")}
      </p>
      {queued > 0 && (
        <p className={classes.queued} title={t("queuedHint")}>
          {t("queued", { count: queued })}
        </p>
      )}
      <p className={classes.age} data-freshness={freshness}>
        {freshness !== "fresh" && <Pictogram name="warning" size={18} />}
        {listAgeMs === null ? t("noList") : t(said[freshness], { age: age(listAgeMs) })}
      </p>
    </div>
  );
}
