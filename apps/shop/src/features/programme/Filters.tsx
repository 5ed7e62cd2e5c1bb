import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Choice, ProgrammeFilter } from "./programme.ts";
import classes from "./Filters.module.css";

type FiltersProps = {
  readonly filter: ProgrammeFilter;
  readonly disciplines: readonly Choice[];
  readonly venues: readonly Choice[];
  readonly onFilter: (filter: ProgrammeFilter) => void;
};

const typingPauseMs = 150;

/** Words, discipline, venue, medals. A change looks at all days again. */
export function Filters({ filter, disciplines, venues, onFilter }: FiltersProps): ReactNode {
  const t = useTranslations("shop.programme");
  // Only phones have something to open; a filter that is set is always in view.
  const [opened, { toggle }] = useDisclosure(isFilteredByChoice(filter));
  const { day: _, ...rest } = filter;
  const without = (key: keyof ProgrammeFilter): ProgrammeFilter =>
    Object.fromEntries(Object.entries(rest).filter(([name]) => name !== key));
  const choose = (key: "discipline" | "venue" | "q", value: string): void =>
    onFilter(value === "" ? without(key) : { ...rest, [key]: value });

  return (
    <search className={classes.filters} aria-label={t("filters")}>
      <SearchField value={filter.q ?? ""} onSearch={(q) => choose("q", q)} />
      <Button
        className={classes.toggle ?? ""}
        variant="outline"
        color="ink"
        aria-expanded={opened}
        rightSection={<Pictogram name={opened ? "minus" : "plus"} size={12} />}
        onClick={toggle}
      >
        {t("moreFilters")}
      </Button>
      <NativeSelect
        className={classes.more ?? ""}
        mod={{ opened }}
        label={t("discipline")}
        value={filter.discipline ?? ""}
        data={[{ value: "", label: t("allDisciplines") }, ...disciplines.map(asOption)]}
        onChange={(event) => choose("discipline", event.currentTarget.value)}
      />
      <NativeSelect
        className={classes.more ?? ""}
        mod={{ opened }}
        label={t("venue")}
        value={filter.venue ?? ""}
        data={[{ value: "", label: t("allVenues") }, ...venues.map(asOption)]}
        onChange={(event) => choose("venue", event.currentTarget.value)}
      />
      <Checkbox
        className={[classes.more, classes.medals].join(" ")}
        mod={{ opened }}
        label={t("medals")}
        checked={filter.medal === true}
        onChange={(event) => onFilter(event.currentTarget.checked ? { ...rest, medal: true } : without("medal"))}
      />
    </search>
  );
}

const isFilteredByChoice = ({ discipline, venue, medal }: ProgrammeFilter): boolean =>
  discipline !== undefined || venue !== undefined || medal !== undefined;

const asOption = ({ code, name }: Choice): { value: string; label: string } => ({ value: code, label: name });

function SearchField({
  value,
  onSearch,
}: {
  readonly value: string;
  readonly onSearch: (q: string) => void;
}): ReactNode {
  const t = useTranslations("shop.programme");
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  // The address changed by another way than typing, such as going back or clearing the filters.
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }

  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onSearch(typed), typingPauseMs);
    return () => clearTimeout(timer);
  });

  return (
    <TextInput
      type="search"
      label={t("search")}
      placeholder={t("searchHint")}
      leftSection={<Pictogram name="search" size={18} />}
      value={typed}
      maxLength={80}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
