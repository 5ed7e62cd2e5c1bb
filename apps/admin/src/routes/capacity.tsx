import { Box } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { changesRefreshMs, decidedOf, waitingOf } from "../features/capacity/capacity-changes.ts";
import { PastChanges } from "../features/capacity/PastChanges.tsx";
import { SeatPools } from "../features/capacity/SeatPools.tsx";
import { WaitingChanges } from "../features/capacity/WaitingChanges.tsx";
import { SearchField } from "../shared/SearchField.tsx";

const route = getRouteApi("/capacity");

/** How many seats there are: what waits for approval, every seat pool, and who has changed what. */
export function CapacityPage(): ReactNode {
  const t = useTranslations("admin.capacity");
  const trpc = useTRPC();
  const { search = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(
    trpc.admin.catalogue.capacityChanges.queryOptions(undefined, { refetchInterval: changesRefreshMs }),
  );
  return (
    <Page title={t("title")} lead={t("lead")}>
      {data === undefined ? (
        error === null ? (
          <LoadingState />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <WaitingChanges changes={waitingOf(data)} />
          <Box maw="30rem">
            <SearchField
              value={search}
              onSearch={(next) => void navigate({ search: next === "" ? {} : { search: next }, replace: true })}
            />
          </Box>
          <SeatPools search={search} waiting={waitingOf(data)} />
          <PastChanges changes={decidedOf(data)} />
        </>
      )}
    </Page>
  );
}
