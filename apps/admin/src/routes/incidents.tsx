import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState, ErrorState, FormAlert, LoadingState, Page, useTRPC, useTRPCClient } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { IncidentFilters } from "../features/incidents/IncidentFilters.tsx";
import { IncidentList } from "../features/incidents/IncidentList.tsx";
import type { IncidentsSearch } from "../shared/addresses.ts";
import { GateTabs } from "../shared/GateTabs.tsx";
import { ButtonLink } from "../shared/links.tsx";
import classes from "../features/incidents/Incidents.module.css";

const route = getRouteApi("/gate/incidents");
const refreshMs = 3_000;

/** What people must look at, or have looked at. */
export function IncidentsPage(): ReactNode {
  const t = useTranslations("admin.gate.incidents");
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("title")} over={<GateTabs />} lead={t("lead")}>
      <IncidentFilters filter={filter} onFilter={(search) => void navigate({ search })} />
      <Incidents filter={filter} />
    </Page>
  );
}

function Incidents({ filter }: { readonly filter: IncidentsSearch }): ReactNode {
  const t = useTranslations("admin.gate.incidents");
  const found = useIncidents(filter);
  const incidents = found.data?.pages.flatMap((page) => page.incidents) ?? [];
  if (found.isPending) return <LoadingState />;
  if (found.data === undefined) {
    return <ErrorState title={t("failedTitle")} error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (incidents.length === 0) {
    return <NothingThere filtered={filter.session !== undefined || filter.state !== undefined} />;
  }
  return (
    <>
      <IncidentList label={t("title")} incidents={incidents} />
      {found.isFetchNextPageError && <FormAlert failure={found.error} />}
      <div className={classes.foot}>
        <p role="status">{t("shown", { count: incidents.length })}</p>
        {found.hasNextPage && (
          <Button
            variant="outline"
            color="ink"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t("more")}
          </Button>
        )}
      </div>
    </>
  );
}

function NothingThere({ filtered }: { readonly filtered: boolean }): ReactNode {
  const t = useTranslations("admin.gate.incidents");
  if (!filtered) return <EmptyState pictogram="ok" title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <EmptyState
      pictogram="search"
      title={t("noneTitle")}
      text={t("noneText")}
      action={
        <ButtonLink to="/gate/incidents" variant="outline" color="ink">
          {t("clear")}
        </ButtonLink>
      }
    />
  );
}

/** Page by page, each from the last one of the page before; new ones come in at the top by themselves. */
function useIncidents(filter: IncidentsSearch) {
  const { session: competitionSessionId = null, state = null } = filter;
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useInfiniteQuery({
    queryKey: [...trpc.admin.gate.incidents.queryKey({ competitionSessionId, state, before: null }), "pages"],
    queryFn: ({ pageParam: before, signal }) =>
      client.admin.gate.incidents.query({ competitionSessionId, state, before }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ incidents, more }) => (more ? (incidents.at(-1)?.id ?? null) : null),
    refetchOnMount: "always",
    refetchInterval: refreshMs,
  });
}
