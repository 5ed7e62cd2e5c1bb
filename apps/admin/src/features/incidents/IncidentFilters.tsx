import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type IncidentsSearch, incidentStates } from "../../shared/addresses.ts";
import { useSessionChoices } from "../../shared/use-session-choices.ts";
import classes from "./Incidents.module.css";

type IncidentFiltersProps = {
  readonly filter: IncidentsSearch;
  readonly onFilter: (filter: IncidentsSearch) => void;
};

/** By state, and by competition session. */
export function IncidentFilters({ filter, onFilter }: IncidentFiltersProps): ReactNode {
  const t = useTranslations("admin.gate");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.admin.gate.competitionSessions.queryOptions(undefined, { staleTime: 60_000 }));
  const sessions = useSessionChoices(data);
  return (
    <div className={classes.filters} role="search" aria-label={t("incidents.filters")}>
      <Select
        label={t("incidents.state")}
        placeholder={t("incidents.anyState")}
        data={incidentStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        value={filter.state ?? null}
        onChange={(value) => onFilter({ ...filter, state: incidentStates.find((state) => state === value) })}
        clearable
        clearButtonProps={{ "aria-label": t("incidents.clearState") }}
      />
      <Select
        label={t("session")}
        placeholder={t("incidents.anySession")}
        nothingFoundMessage={t("noSession")}
        data={sessions}
        value={filter.session ?? null}
        onChange={(value) => onFilter({ ...filter, session: value ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("incidents.clearSession") }}
      />
    </div>
  );
}
