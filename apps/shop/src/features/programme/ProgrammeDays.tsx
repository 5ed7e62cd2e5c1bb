import { Button, Title } from "@mantine/core";
import type { Currency } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { noonOf } from "../../shared/days.ts";
import type { DayOfProgramme, Package } from "./programme.ts";
import { ProgrammeRowItem } from "./ProgrammeRowItem.tsx";
import classes from "./ProgrammeDays.module.css";

/** More rows than this at once are more than anybody reads, and more than a phone draws quickly. */
const rowsAtOnce = 60;

type ProgrammeDaysProps = {
  readonly days: readonly DayOfProgramme[];
  readonly currency: Currency;
  /** By the code of a competition session. */
  readonly packages: ReadonlyMap<string, readonly Package[]>;
};

/** The same one each time, so that rows without packages are not drawn again. */
const none: readonly Package[] = [];

/** Days and their rows; of many days the first ones, and the others on demand. */
export function ProgrammeDays({ days, currency, packages }: ProgrammeDaysProps): ReactNode {
  const t = useTranslations("shop.programme");
  const { date } = useFormats();
  const [wantedRows, setWantedRows] = useState(rowsAtOnce);
  const shown = firstDays(days, wantedRows);

  return (
    <div className={classes.days}>
      {shown.map(({ day, rows }) => (
        <section key={day} aria-labelledby={`day-${day}`} className={classes.section}>
          <Title order={2} size="h3" id={`day-${day}`} className={classes.heading}>
            {date(noonOf(day), "UTC", "day")}
          </Title>
          <ul className={classes.rows}>
            {rows.map((row) => (
              <ProgrammeRowItem key={row.id} row={row} currency={currency} packages={packages.get(row.code) ?? none} />
            ))}
          </ul>
        </section>
      ))}
      {shown.length < days.length && (
        <Button variant="outline" color="ink" onClick={() => setWantedRows((wanted) => wanted + rowsAtOnce)}>
          {t("moreDays")}
        </Button>
      )}
    </div>
  );
}

/** Whole days until there are enough rows. */
function firstDays(days: readonly DayOfProgramme[], wantedRows: number): readonly DayOfProgramme[] {
  let rows = 0;
  const enough = days.findIndex((day) => {
    rows += day.rows.length;
    return rows >= wantedRows;
  });
  return enough === -1 ? days : days.slice(0, enough + 1);
}
