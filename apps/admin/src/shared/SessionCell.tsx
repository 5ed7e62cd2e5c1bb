import type { CompetitionSessionSummary } from "@tessera/contracts";
import { DateTimeText, useDisciplineName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./cells.module.css";

type SessionCellProps = {
  readonly competitionSession: CompetitionSessionSummary;
  /** How many more competition sessions a package lets into. */
  readonly others?: number;
};

/** A competition session in a row: code and discipline, then when and where, by the venue's clock. */
export function SessionCell({ competitionSession, others = 0 }: SessionCellProps): ReactNode {
  const t = useTranslations("admin.session");
  const disciplineName = useDisciplineName();
  const { code, startsAt, timeZone, venue, events } = competitionSession;
  return (
    <span className={classes.cell}>
      <span className={classes.first} title={events}>
        <span className={classes.code}>{code}</span> {disciplineName(competitionSession)}
        {competitionSession.state === "cancelled" && <span className={classes.no}> · {t("cancelled")}</span>}
      </span>
      <span className={classes.second}>
        <DateTimeText at={startsAt} timeZone={timeZone} show="dateTime" /> · {venue}
      </span>
      {others > 0 && <span className={classes.second}>{t("others", { count: others })}</span>}
    </span>
  );
}
