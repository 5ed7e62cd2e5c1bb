import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CompetitionSessionSummary } from "@tessera/contracts";
import { useDisciplineName, useFormats, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

export type SeatPoolChoice = {
  readonly seatPoolId: string;
  readonly competitionSession: CompetitionSessionSummary;
  readonly category: string;
  readonly capacity: number;
  readonly taken: number;
};

type SeatPoolFieldProps = {
  readonly chosen: SeatPoolChoice | null;
  readonly onChoose: (pool: SeatPoolChoice | null) => void;
  /** Mantine's, of the form that the field is in. */
  readonly inputProps: object;
};

const pauseMs = 250;

/** Finds the competition session by what one knows of it, and in it the category. */
export function SeatPoolField({ chosen, onChoose, inputProps }: SeatPoolFieldProps): ReactNode {
  const t = useTranslations("admin.offerForm");
  const trpc = useTRPC();
  const labels = usePoolLabels();
  const [text, setText] = useState("");
  const [typed] = useDebouncedValue(text.trim(), pauseMs);
  // Once a pool is chosen its words stand in the field: those are no search.
  const search = chosen !== null && typed === labels.pool(chosen) ? "" : typed.slice(0, 80);
  const { data, error, isFetching } = useQuery(
    trpc.admin.catalogue.seatPools.queryOptions({ search }, { placeholderData: keepPreviousData }),
  );
  const pools: SeatPoolChoice[] = [...(data ?? [])];
  if (chosen !== null && !pools.some(({ seatPoolId }) => seatPoolId === chosen.seatPoolId)) pools.unshift(chosen);

  return (
    <Select
      {...inputProps}
      label={t("seatPool")}
      description={t("seatPoolHint")}
      placeholder={t("seatPoolPlaceholder")}
      nothingFoundMessage={
        error !== null ? t("seatPoolsFailed") : isFetching ? t("seatPoolsLoading") : t("seatPoolsNone")
      }
      required
      withAsterisk={false}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("seatPoolClear") }}
      searchValue={text}
      onSearchChange={setText}
      // The server has searched already, in more than the label.
      filter={({ options }) => options}
      value={chosen?.seatPoolId ?? null}
      onChange={(value) => onChoose(pools.find(({ seatPoolId }) => seatPoolId === value) ?? null)}
      data={groupsOf(pools, labels)}
    />
  );
}

type PoolLabels = { group: (pool: SeatPoolChoice) => string; pool: (pool: SeatPoolChoice) => string };

function usePoolLabels(): PoolLabels {
  const t = useTranslations("admin.offerForm");
  const { date, number } = useFormats();
  const disciplineName = useDisciplineName();
  return {
    group: ({ competitionSession }) =>
      `${competitionSession.code} · ${disciplineName(competitionSession)} · ${date(competitionSession.startsAt, competitionSession.timeZone, "dateTime")}`,
    pool: ({ competitionSession, category, capacity, taken }) =>
      t("seatPoolOption", { code: competitionSession.code, category, left: number(capacity - taken) }),
  };
}

function groupsOf(pools: readonly SeatPoolChoice[], labels: PoolLabels) {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const pool of pools) {
    const items = groups.get(labels.group(pool)) ?? [];
    items.push({ value: pool.seatPoolId, label: labels.pool(pool) });
    groups.set(labels.group(pool), items);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}
