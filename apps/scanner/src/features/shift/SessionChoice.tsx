import type { CompetitionSessionSummary } from "@tessera/contracts";
import { DateTimeText, Pictogram, useDisciplineName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isOver } from "./nearest-first.ts";
import classes from "./shift.module.css";

type SessionChoiceProps = {
  /** The nearest first. */
  readonly competitionSessions: readonly CompetitionSessionSummary[];
  readonly chosenId: string;
  readonly onChoose: (competitionSessionId: string) => void;
  /** Unix milliseconds. */
  readonly nowMs: number;
};

/** What this tablet may open, in rows that align like a timetable. */
export function SessionChoice({ competitionSessions, chosenId, onChoose, nowMs }: SessionChoiceProps): ReactNode {
  const t = useTranslations("scanner.tablet.home");
  const disciplineName = useDisciplineName();
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{t("sessions")}</legend>
      {competitionSessions.map((one) => (
        <label key={one.id} className={classes.session}>
          <input
            type="radio"
            name="competition-session"
            className={classes.radio}
            checked={one.id === chosenId}
            onChange={() => onChoose(one.id)}
          />
          <span className={classes.when}>
            <DateTimeText at={one.startsAt} timeZone={one.timeZone} show="shortDay" />
            <span className={classes.time}>
              <DateTimeText at={one.startsAt} timeZone={one.timeZone} show="time" />
            </span>
          </span>
          <span className={classes.sign}>
            <Pictogram name={one.disciplineCode} size={30} />
          </span>
          <span className={classes.what}>
            <span className={classes.discipline}>{disciplineName(one)}</span>
            <span className={classes.events}>{one.events}</span>
          </span>
          <span className={classes.code}>
            {one.code}
            {one.state === "cancelled" ? (
              <span className={classes.state}>{t("cancelled")}</span>
            ) : (
              isOver(one, nowMs) && <span className={classes.state}>{t("over")}</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
