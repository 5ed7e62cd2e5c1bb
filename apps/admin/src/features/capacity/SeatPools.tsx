import { Button, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CapacityChange } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, useFormats, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import { ButtonLink } from "../../shared/links.tsx";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { changesRefreshMs } from "./capacity-changes.ts";
import { ChangeCapacityDialog, type SeatPool } from "./ChangeCapacityDialog.tsx";
import { useCapacityWords } from "./use-capacity-words.ts";

type SeatPoolsProps = {
  readonly search: string;
  /** What waits for a second admin: one at a time for each seat pool. */
  readonly waiting: readonly CapacityChange[];
};

/** The server gives so many at once. */
const mostAtOnce = 50;

/** Seat pools that a search finds, with how full they are and the way to change that. */
export function SeatPools({ search, waiting }: SeatPoolsProps): ReactNode {
  const t = useTranslations("admin.capacity");
  const list = useTranslations("admin.list");
  const trpc = useTRPC();
  const { number } = useFormats();
  const words = useCapacityWords();
  const [changing, setChanging] = useState<SeatPool | null>(null);
  const { data, error, isPlaceholderData, refetch } = useQuery(
    trpc.admin.catalogue.seatPools.queryOptions(
      { search },
      { placeholderData: keepPreviousData, refetchInterval: changesRefreshMs },
    ),
  );
  if (data === undefined) {
    return error === null ? <LoadingState /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data.length === 0) {
    return search === "" ? (
      <EmptyState pictogram="seat" title={t("emptyTitle")} text={t("emptyText")} />
    ) : (
      <EmptyState
        pictogram="search"
        title={list("nothingFoundTitle")}
        text={list("nothingFoundText")}
        action={
          <ButtonLink to="/capacity" variant="outline" color="ink">
            {list("clearFilters")}
          </ButtonLink>
        }
      />
    );
  }
  const columns: RecordColumn<SeatPool>[] = [
    {
      key: "session",
      title: t("session"),
      render: ({ competitionSession, category }) => (
        <SessionCell competitionSession={competitionSession} category={category} />
      ),
    },
    {
      key: "seats",
      title: t("seats"),
      width: "18rem",
      render: ({ taken, capacity }) => <FillBar taken={taken} capacity={capacity} />,
    },
    {
      key: "actions",
      title: t("actions"),
      bare: true,
      width: "13rem",
      render: (pool) => {
        const change = waiting.find(({ seatPoolId }) => seatPoolId === pool.seatPoolId);
        return change === undefined ? (
          <Button
            variant="subtle"
            color="sky"
            size="sm"
            px="xs"
            mih={44}
            onClick={() => setChanging(pool)}
            aria-label={t("changeOne", { pool: words.pool(pool) })}
          >
            {t("change")}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {t("waits", { to: number(change.toCapacity) })}
          </Text>
        );
      },
    },
  ];
  return (
    <div>
      <RecordTable
        label={t("title")}
        rows={data}
        idOf={({ seatPoolId }) => seatPoolId}
        columns={columns}
        total={data.length}
        page={1}
        pageSize={mostAtOnce}
        onPage={() => undefined}
        stale={isPlaceholderData}
      />
      {data.length === mostAtOnce && (
        <Text size="sm" c="dimmed">
          {t("first", { count: mostAtOnce })}
        </Text>
      )}
      <ChangeCapacityDialog pool={changing} onClose={() => setChanging(null)} />
    </div>
  );
}
