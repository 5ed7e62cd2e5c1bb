import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useFormats } from "@tessera/ui";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { noonOf } from "../../shared/days.ts";
import type { DayOfProgramme, ProgrammeFilter } from "./programme.ts";
import classes from "./DayStrip.module.css";

type DayStripProps = {
  readonly days: readonly string[];
  readonly matching: readonly DayOfProgramme[];
  readonly filter: ProgrammeFilter;
  /** Null: all days that fit. */
  readonly selected: string | null;
  readonly withAll: boolean;
};

/** The days of the Games in a line, each with how many competition sessions it has for the filters. */
export function DayStrip({ days, matching, filter, selected, withAll }: DayStripProps): ReactNode {
  const t = useTranslations("shop.programme");
  const { date } = useFormats();
  const strip = useRef<HTMLElement>(null);
  const counts = useMemo(() => new Map(matching.map(({ day, rows }) => [day, rows.length])), [matching]);
  const { day: _, ...otherFilters } = filter;

  useEffect(() => {
    const line = strip.current;
    const current = line?.querySelector<HTMLElement>("[aria-current]");
    if (line == null || current == null) return;
    line.scrollLeft = current.offsetLeft - (line.clientWidth - current.clientWidth) / 2;
  }, [selected]);

  return (
    <nav ref={strip} className={classes.strip} aria-label={t("days")}>
      {withAll && (
        <Link
          to="/"
          search={otherFilters}
          replace
          resetScroll={false}
          className={classes.day}
          activeProps={{}}
          aria-current={selected === null ? "true" : undefined}
        >
          <span className={classes.all}>{t("allDays")}</span>
          <VisuallyHidden>
            {t("found", { count: matching.reduce((sum, { rows }) => sum + rows.length, 0) })}
          </VisuallyHidden>
        </Link>
      )}
      {days.map((day) => {
        const noon = noonOf(day);
        const count = counts.get(day) ?? 0;
        return (
          <Link
            key={day}
            to="/"
            search={{ ...otherFilters, day }}
            replace
            resetScroll={false}
            className={classes.day}
            activeProps={{}}
            aria-current={day === selected ? "date" : undefined}
            data-none={count === 0 || undefined}
          >
            <span className={classes.weekday}>{date(noon, "UTC", "weekday")}</span>{" "}
            <span className={classes.number}>{date(noon, "UTC", "dayOfMonth")}</span>{" "}
            <span className={classes.month}>{date(noon, "UTC", "month")}</span>
            <VisuallyHidden>{t("found", { count })}</VisuallyHidden>
          </Link>
        );
      })}
    </nav>
  );
}
