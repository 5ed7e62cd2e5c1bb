import type { CompetitionSessionSummary } from "@tessera/contracts";
import { DateTimeText, useDisciplineName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "./links.tsx";
import classes from "./cells.module.css";

type SessionCellProps = {
  readonly competitionSession: CompetitionSessionSummary;
  /** Said with it, where the row is about one. */
  readonly category?: string;
};

/** A competition session in a row: code, which leads to its page, and discipline, then when and where, by the venue's clock. */
export function SessionCell({ competitionSession, category }: SessionCellProps): ReactNode {
  const t = useTranslations("admin");
  const disciplineName = useDisciplineName();
  const { id, code, startsAt, timeZone, venue, events } = competitionSession;
  return (
    <span className={classes.cell}>
      <span className={classes.first} title={events}>
        <TextLink
          to="/competition-sessions/$competitionSessionId"
          params={{ competitionSessionId: id }}
          className={`${classes.code} ${classes.codeLink}`}
          aria-label={t("session.open", { code })}
        >
          {code}
        </TextLink>{" "}
        {disciplineName(competitionSession)}
        {category !== undefined && <> · {t("shortCategory", { category })}</>}
        {competitionSession.state === "cancelled" && <span className={classes.no}> · {t("session.cancelled")}</span>}
      </span>
      <span className={classes.second}>
        <DateTimeText at={startsAt} timeZone={timeZone} show="dateTime" /> · {venue}
      </span>
    </span>
  );
}
