import { Button, Group, Text } from "@mantine/core";
import type { Programme } from "@tessera/contracts";
import { EmptyState, useDisciplineName } from "@tessera/ui";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { dayOf, deviceZone } from "../../shared/days.ts";
import { DayStrip } from "./DayStrip.tsx";
import { Filters } from "./Filters.tsx";
import { indexProgramme, isFiltered, matchingDays, openDay, type ProgrammeFilter } from "./programme.ts";
import { ProgrammeDays } from "./ProgrammeDays.tsx";

type TimetableProps = {
  readonly programme: Programme;
  readonly filter: ProgrammeFilter;
  readonly onFilter: (filter: ProgrammeFilter) => void;
};

/** The programme: filters, a strip of days, and the rows of the day, or of all days that fit the filters. */
export function Timetable({ programme, filter, onFilter }: TimetableProps): ReactNode {
  const t = useTranslations("shop.programme");
  const disciplineName = useDisciplineName();
  const { currency } = programme;
  const indexed = useMemo(() => indexProgramme(programme, disciplineName), [programme, disciplineName]);
  // Typing stays quick: the rows may come a moment after the letters.
  const deferred = useDeferredValue(filter);
  const matching = useMemo(() => matchingDays(indexed, deferred), [indexed, deferred]);
  const [today] = useState(dayHere);

  const filtered = isFiltered(deferred);
  const day = openDay(indexed.days, deferred, today);
  const shown = day === null ? matching : matching.filter((each) => each.day === day);
  const found = matching.reduce((sum, { rows }) => sum + rows.length, 0);
  // Another filter looks at all days again: what was found may be on another one.
  const { day: _, ...otherFilters } = filter;

  return (
    <>
      <Filters
        filter={filter}
        disciplines={indexed.disciplines}
        venues={indexed.venues}
        onFilter={(change) => onFilter(change)}
      />
      <DayStrip days={indexed.days} matching={matching} filter={filter} selected={day} withAll={filtered} />
      {filtered && (
        <Group justify="space-between" gap="xs">
          <Text role="status" c="dimmed">
            {t("found", { count: found })}
          </Text>
          <Button variant="subtle" color="sky" onClick={() => onFilter({})}>
            {t("clear")}
          </Button>
        </Group>
      )}
      {shown.length > 0 ? (
        <ProgrammeDays key={JSON.stringify(deferred)} days={shown} currency={currency} packages={indexed.packages} />
      ) : (
        <EmptyState
          pictogram="search"
          title={t("noMatchTitle")}
          text={t(found > 0 ? "noMatchDay" : "noMatchText")}
          action={
            found > 0 ? (
              <Button variant="outline" color="ink" onClick={() => onFilter(otherFilters)}>
                {t("otherDays")}
              </Button>
            ) : null
          }
        />
      )}
    </>
  );
}

const dayHere = (): string => dayOf(new Date().toISOString(), deviceZone);
