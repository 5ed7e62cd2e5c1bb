import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import type { AdminCompetitionSession } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, Page, useDisciplineName, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CancelledSession } from "../features/competition-sessions/CancelledSession.tsx";
import { CancelSession } from "../features/competition-sessions/CancelSession.tsx";
import { HandOverSwitch } from "../features/competition-sessions/HandOverSwitch.tsx";
import { SessionFacts, SessionSeats } from "../features/competition-sessions/SessionFacts.tsx";
import { GatePolicy } from "../features/gate-policy/GatePolicy.tsx";
import { ButtonLink, TextLink } from "../shared/links.tsx";

const route = getRouteApi("/competition-sessions/$competitionSessionId");
const refreshMs = 10_000;
/** While everybody is paid back. */
const movingMs = 1_500;

/** One competition session: how full it is, what may be done with its tickets, and whether it takes place. */
export function CompetitionSessionPage(): ReactNode {
  const t = useTranslations("admin.competitionSession");
  const trpc = useTRPC();
  const disciplineName = useDisciplineName();
  const { competitionSessionId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(
    trpc.admin.catalogue.competitionSession.queryOptions(
      { competitionSessionId },
      { refetchInterval: ({ state }) => (isMoving(state.data) ? movingMs : refreshMs) },
    ),
  );
  const sales = { to: "/sales", search: { by: "sessions" } } as const;
  const over = <TextLink {...sales}>{t("toSales")}</TextLink>;
  if (data === undefined) {
    const unknown = error !== null && ["not_found", "invalid_input"].includes(apiErrorOf(error).errorCode);
    return (
      <Page title={t("title")} over={over}>
        {isPending ? (
          <LoadingState />
        ) : unknown ? (
          <EmptyState
            pictogram="search"
            title={t("unknownTitle")}
            text={t("unknownText")}
            action={<ButtonLink {...sales}>{t("toSales")}</ButtonLink>}
          />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  const { competitionSession } = data;
  return (
    <Page
      title={t("titleOf", { code: competitionSession.code, discipline: disciplineName(competitionSession) })}
      over={over}
      lead={competitionSession.events}
    >
      <CancelledSession found={data} />
      <SessionFacts found={data} />
      <SessionSeats found={data} />
      {data.cancelled === null && <HandOverSwitch found={data} />}
      {data.cancelled === null && <GatePolicy key={competitionSessionId} competitionSessionId={competitionSessionId} />}
      <CancelSession key={competitionSession.id} found={data} />
    </Page>
  );
}

function isMoving(found: AdminCompetitionSession | undefined): boolean {
  return found?.cancelled?.paidBackAt === null || (found?.paidBack.refunds.underWay ?? 0) > 0;
}
