import { Link } from "@tanstack/react-router";
import type { CompetitionSessionSummary } from "@tessera/contracts";
import { DateTimeText, Pictogram, useDisciplineName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./choice.module.css";

/** When, what, where: the way to the gates of one competition session. */
export function CompetitionSessionRow({
  competitionSession,
}: {
  readonly competitionSession: CompetitionSessionSummary;
}): ReactNode {
  const t = useTranslations("scanner.sessions");
  const disciplineName = useDisciplineName();
  const { id, code, startsAt, timeZone, events, venue, disciplineCode, state } = competitionSession;
  return (
    <li>
      <Link to="/$competitionSessionId" params={{ competitionSessionId: id }} className={classes.row ?? ""}>
        <span className={classes.when}>
          <span className={classes.day}>
            <DateTimeText at={startsAt} timeZone={timeZone} show="shortDay" />
          </span>
          <span className={classes.time}>
            <DateTimeText at={startsAt} timeZone={timeZone} show="time" />
          </span>
        </span>
        <Pictogram name={disciplineCode} size={30} />
        <span className={classes.what}>
          <span className={classes.discipline}>{disciplineName(competitionSession)}</span>
          <span className={classes.events}>{events}</span>
          <span className={classes.place}>{venue}</span>
        </span>
        <span className={classes.code}>
          {code}
          {state === "cancelled" && <span className={classes.cancelled}>{t("cancelled")}</span>}
        </span>
      </Link>
    </li>
  );
}
