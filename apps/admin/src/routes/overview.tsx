import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { DateTimeText, ErrorState, LoadingState, Page, useAccount, useErrorMessage, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { LastDays } from "../features/overview/LastDays.tsx";
import { TopSessions } from "../features/overview/TopSessions.tsx";
import { Totals } from "../features/overview/Totals.tsx";

/** A purchase shows within this time; a page that nobody looks at asks for nothing. */
const refreshMs = 2_000;
const topCount = 8;

/** The first page: for supervisors the gates. */
export function HomePage(): ReactNode {
  const { role } = useAccount();
  return role === "admin" ? <OverviewPage /> : <Navigate to="/gate" replace />;
}

/** How sales go, right now. */
function OverviewPage(): ReactNode {
  const t = useTranslations("admin.overview");
  const trpc = useTRPC();
  const timeZone = useTimeZone();
  const errorMessage = useErrorMessage();
  const summary = useQuery(trpc.admin.sales.summary.queryOptions(undefined, { refetchInterval: refreshMs }));
  const top = useQuery(
    trpc.admin.sales.byCompetitionSession.queryOptions({ pageSize: topCount }, { refetchInterval: refreshMs }),
  );
  const error = summary.error ?? top.error;

  if (summary.data === undefined || top.data === undefined) {
    return (
      <Page title={t("title")}>
        {error === null ? (
          <LoadingState />
        ) : (
          <ErrorState error={error} onRetry={() => void Promise.all([summary.refetch(), top.refetch()])} />
        )}
      </Page>
    );
  }
  const updatedAt = new Date(summary.dataUpdatedAt).toISOString();
  return (
    <Page
      title={t("title")}
      lead={
        <>
          {error !== null && <span role="status">{errorMessage(error)} </span>}
          {t("updatedAt")} <DateTimeText at={updatedAt} timeZone={timeZone ?? "UTC"} show="exactTime" />
        </>
      }
    >
      <Totals summary={summary.data} />
      <LastDays summary={summary.data} />
      <TopSessions sales={top.data} />
    </Page>
  );
}
