import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Timetable } from "../features/programme/Timetable.tsx";

const route = getRouteApi("/");

/** All competition sessions, by day. */
export function ProgrammePage(): ReactNode {
  const t = useTranslations("shop.programme");
  const locale = useLocale();
  const trpc = useTRPC();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const programme = useQuery(trpc.tickets.catalogue.programme.queryOptions());

  return (
    <Page title={t("title")} over={programme.data?.gamesName?.[locale]}>
      {programme.isPending ? (
        <LoadingState label={t("loading")} />
      ) : programme.data === undefined ? (
        <ErrorState error={programme.error} onRetry={() => void programme.refetch()} />
      ) : programme.data.competitionSessions.length === 0 ? (
        <EmptyState pictogram="calendar" title={t("emptyTitle")} text={t("emptyText")} />
      ) : (
        <Timetable
          programme={programme.data}
          filter={filter}
          onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
        />
      )}
    </Page>
  );
}
