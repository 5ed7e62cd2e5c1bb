import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CloseIncident } from "../features/incidents/CloseIncident.tsx";
import { IncidentFacts } from "../features/incidents/IncidentFacts.tsx";
import { IncidentScans } from "../features/incidents/IncidentScans.tsx";
import { ButtonLink, TextLink } from "../shared/links.tsx";

const route = getRouteApi("/gate/incidents/$incidentId");
const refreshMs = 5_000;

/** One incident: what it means, what happened where, and what was done. */
export function IncidentPage(): ReactNode {
  const t = useTranslations("admin.gate.incident");
  const gate = useTranslations("admin.gate");
  const trpc = useTRPC();
  const { incidentId } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(
    trpc.admin.gate.incident.queryOptions({ incidentId }, { refetchInterval: refreshMs }),
  );
  const over = <TextLink to="/gate/incidents">{gate("incidentsTab")}</TextLink>;
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
            action={<ButtonLink to="/gate/incidents">{gate("now.allIncidents")}</ButtonLink>}
          />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page title={gate(`kinds.${data.kind}.title`)} over={over} lead={gate(`kinds.${data.kind}.text`)}>
      <IncidentFacts incident={data} />
      <IncidentScans incident={data} />
      <CloseIncident key={data.id} incident={data} />
    </Page>
  );
}
