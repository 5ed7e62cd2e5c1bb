import { Select, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { CompetitionSessionSummary, GateLive, ScannerView } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { likelySession } from "../features/gate-now/choose-session.ts";
import { GateTable, ZoneTable } from "../features/gate-now/CountTables.tsx";
import { Figures } from "../features/gate-now/Figures.tsx";
import { LiveSign } from "../features/gate-now/LiveSign.tsx";
import { PolicyLine } from "../features/gate-now/PolicyLine.tsx";
import { TabletsNow } from "../features/gate-now/TabletsNow.tsx";
import { useGateLive } from "../features/gate-now/use-gate-live.ts";
import { IncidentList } from "../features/incidents/IncidentList.tsx";
import { GateTabs } from "../shared/GateTabs.tsx";
import { TextLink } from "../shared/links.tsx";
import { useSessionChoices } from "../shared/use-session-choices.ts";
import classes from "../features/gate-now/GateNow.module.css";

const route = getRouteApi("/gate");
const tabletsMs = 10_000;

/** The gates now: people inside, gates, tablets, and incidents as they come. */
export function GatePage(): ReactNode {
  const t = useTranslations("admin.gate.now");
  const trpc = useTRPC();
  const sessions = useQuery(trpc.admin.gate.competitionSessions.queryOptions(undefined, { staleTime: 60_000 }));
  const tablets = useQuery(trpc.admin.scanners.list.queryOptions(undefined, { refetchInterval: tabletsMs }));
  const failed = sessions.error ?? tablets.error;
  return (
    <Page title={t("title")} over={<GateTabs />}>
      {sessions.data !== undefined && tablets.data !== undefined ? (
        <Chosen sessions={sessions.data} tablets={tablets.data} />
      ) : failed === null ? (
        <LoadingState />
      ) : (
        <ErrorState error={failed} onRetry={() => void Promise.all([sessions.refetch(), tablets.refetch()])} />
      )}
    </Page>
  );
}

type ChosenProps = {
  readonly sessions: readonly { readonly competitionSession: CompetitionSessionSummary }[];
  readonly tablets: readonly ScannerView[];
};

function Chosen({ sessions, tablets }: ChosenProps): ReactNode {
  const t = useTranslations("admin.gate");
  const { session: wanted } = route.useSearch();
  const navigate = route.useNavigate();
  const choices = useSessionChoices(sessions);
  // Another one becomes likelier with time; what is on the screen stays.
  const [likely] = useState(() => likelySession(sessions, tablets, Date.now()));
  const session = sessions.find(({ competitionSession: { id } }) => id === wanted)?.competitionSession ?? likely;
  if (session === undefined) {
    return <EmptyState pictogram="calendar" title={t("now.noneTitle")} text={t("now.noneText")} />;
  }
  return (
    <>
      <Select
        label={t("session")}
        nothingFoundMessage={t("noSession")}
        searchable
        allowDeselect={false}
        maw="46rem"
        data={choices}
        value={session.id}
        onChange={(value) => value !== null && void navigate({ search: { session: value }, replace: true })}
      />
      <Now key={session.id} session={session} tablets={tablets} />
    </>
  );
}

type NowProps = { readonly session: CompetitionSessionSummary; readonly tablets: readonly ScannerView[] };

function Now({ session: { id, timeZone }, tablets }: NowProps): ReactNode {
  const { data, state, reconnect } = useGateLive(id);
  return (
    <>
      <LiveSign state={state} changedAt={data?.counts.at ?? null} timeZone={timeZone} onReconnect={reconnect} />
      {data === undefined ? (
        state !== "stopped" && <LoadingState />
      ) : (
        <>
          <Figures counts={data.counts} />
          <OpenIncidents incidents={data.incidents} competitionSessionId={id} />
          <div className={classes.columns}>
            <GateTable counts={data.counts} />
            <ZoneTable counts={data.counts} />
            <TabletsNow counts={data.counts} tablets={tablets} />
            <PolicyLine competitionSessionId={id} />
          </div>
        </>
      )}
    </>
  );
}

type OpenIncidentsProps = Pick<GateLive, "incidents"> & { readonly competitionSessionId: string };

function OpenIncidents({ incidents, competitionSessionId }: OpenIncidentsProps): ReactNode {
  const t = useTranslations("admin.gate.now");
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("incidents")}
      </Title>
      <div className={classes.wide} role="log" aria-live="polite" aria-labelledby={heading}>
        {incidents.length === 0 ? (
          <p className={classes.text}>{t("noIncident")}</p>
        ) : (
          <IncidentList label={t("incidents")} incidents={incidents} />
        )}
      </div>
      <TextLink to="/gate/incidents" search={{ session: competitionSessionId }}>
        {t("allIncidents")}
      </TextLink>
    </section>
  );
}
