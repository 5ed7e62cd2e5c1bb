import type { Category, CompetitionSessionSummary } from "@tessera/contracts";
import { DateTimeText, Pictogram, useDisciplineName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./SessionLine.module.css";

type SessionLineProps = {
  readonly competitionSession: Pick<
    CompetitionSessionSummary,
    "code" | "disciplineCode" | "discipline" | "events" | "venue" | "city" | "timeZone" | "startsAt"
  >;
  /** Where one offer lets into several, each has its own. */
  readonly category?: Category | undefined;
  /** Stands in the place of the plain name: a link or a heading. */
  readonly renderName?: (name: string) => ReactNode;
};

/** A competition session in three lines: what, when, where. */
export function SessionLine({ competitionSession, category, renderName }: SessionLineProps): ReactNode {
  const t = useTranslations("shop");
  const disciplineName = useDisciplineName();
  const { code, disciplineCode, events, venue, city, timeZone, startsAt } = competitionSession;
  const name = disciplineName(competitionSession);
  return (
    <div className={classes.line}>
      <Pictogram name={disciplineCode} size={36} />
      <div>
        <div className={classes.name}>
          {renderName === undefined ? name : renderName(name)} <span className={classes.quiet}>{code}</span>
        </div>
        <div className={classes.events}>{events}</div>
        <div className={classes.quiet}>
          <DateTimeText at={startsAt} timeZone={timeZone} show="dateTime" /> · {venue}, {city}
          {category !== undefined && ` · ${t("category", { category })}`}
        </div>
      </div>
    </div>
  );
}
