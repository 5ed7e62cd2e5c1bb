import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDisciplineName, useTRPC } from "@tessera/ui";
import { type ReactNode, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { offerStates, type OffersSearch } from "../../shared/addresses.ts";
import { SearchField } from "../../shared/SearchField.tsx";
import classes from "./OfferFilters.module.css";

type OfferFiltersProps = {
  readonly filter: OffersSearch;
  readonly onFilter: (filter: OffersSearch) => void;
};

/** Search, state and discipline; each change begins at the first page. */
export function OfferFilters({ filter, onFilter }: OfferFiltersProps): ReactNode {
  const t = useTranslations("admin.offers");
  const states = useTranslations("admin.offerStates");
  const disciplines = useDisciplines();
  const change = (changes: OffersSearch): void => onFilter({ ...filter, ...changes, page: undefined });
  return (
    <div className={classes.filters} role="search" aria-label={t("filters")}>
      <SearchField
        value={filter.search ?? ""}
        onSearch={(search) => change({ search: search === "" ? undefined : search })}
      />
      <Select
        label={t("state")}
        placeholder={t("anyState")}
        data={offerStates.map((value) => ({ value, label: states(value) }))}
        value={filter.state ?? null}
        onChange={(value) => change({ state: offerStates.find((state) => state === value) })}
        clearable
        clearButtonProps={{ "aria-label": t("clearState") }}
      />
      <Select
        label={t("discipline")}
        placeholder={t("anyDiscipline")}
        nothingFoundMessage={t("noDiscipline")}
        data={disciplines}
        value={filter.discipline ?? null}
        onChange={(value) => change({ discipline: value ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("clearDiscipline") }}
      />
    </div>
  );
}

/** The disciplines of the programme, by name. */
function useDisciplines(): { value: string; label: string }[] {
  const trpc = useTRPC();
  const locale = useLocale();
  const disciplineName = useDisciplineName();
  const { data } = useQuery(trpc.tickets.catalogue.programme.queryOptions(undefined, { staleTime: 300_000 }));
  return useMemo(() => {
    const byCode = new Map(data?.competitionSessions.map((one) => [one.disciplineCode, disciplineName(one)]));
    return [...byCode]
      .map(([value, label]) => ({ value, label }))
      .toSorted((one, other) => one.label.localeCompare(other.label, locale));
  }, [data, disciplineName, locale]);
}
