import { Menu } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import type { KnownList } from "@tessera/scanner-core";
import { EmptyState, LoadingState, Pictogram, usePageTitle } from "@tessera/ui";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { LoadingList } from "../features/scanning/LoadingList.tsx";
import { RefusedList } from "../features/scanning/RefusedList.tsx";
import { type OpenGate, useScanner } from "../features/scanning/use-scanner.ts";
import { PinPad } from "../features/shift/PinPad.tsx";
import { ButtonLink, MenuLink } from "../shared/links.tsx";
import { useEnrolled } from "../shared/tablet.ts";
import { useGateName } from "../shared/use-gate-name.ts";
import { ScanScreen } from "./scan-screen.tsx";
import { useScanView } from "./use-scan-view.ts";

const route = getRouteApi("/$competitionSessionId/$gateId");

/** At the gate. */
export function ScanPage(): ReactNode {
  const t = useTranslations("scanner");
  const { competitionSessionId, gateId } = route.useParams();
  const { tablet, state } = useEnrolled();
  const session = state.competitionSessions.find(({ id }) => id === competitionSessionId);
  // Gates of the venue come with the list; the tablet's own is known before.
  const [gate] = useState(() => tablet.gatesOf(competitionSessionId).find(({ id }) => id === gateId));

  if (session === undefined || gate === undefined) {
    return <EmptyState pictogram="gate" title={t("gates.goneTitle")} text={t("gates.goneText")} action={<Away />} />;
  }
  return <Gateway key={`${competitionSessionId}/${gateId}`} competitionSession={session} gate={gate} />;
}

type GatewayProps = { readonly competitionSession: CompetitionSessionSummary; readonly gate: Gate };

/** The list on its way, and then the gate. */
function Gateway({ competitionSession, gate }: GatewayProps): ReactNode {
  const t = useTranslations("scanner.scan");
  const gateName = useGateName();
  const { tablet } = useEnrolled();
  const open = useScanner(tablet.core, competitionSession.id, gate);
  const list = useSyncExternalStore(tablet.subscribe, () => open?.list() ?? null);
  const loading = useSyncExternalStore(tablet.subscribe, () => open?.loading() ?? null);
  usePageTitle(t("title", { session: competitionSession.code, gate: gateName(gate) }));

  if (open !== null && list !== null) {
    return <Opened {...open} list={list} competitionSession={competitionSession} gate={gate} />;
  }
  const problem = tablet.core.listProblem(competitionSession.id);
  if (problem !== null) {
    return <RefusedList problem={problem} onRetry={() => void tablet.core.refresh()} action={<Away />} />;
  }
  return loading === null ? <LoadingState label={t("opening")} /> : <LoadingList {...loading} />;
}

function Opened({
  scanner,
  list,
  competitionSession,
  gate,
}: GatewayProps & Pick<OpenGate, "scanner"> & { readonly list: KnownList }): ReactNode {
  const t = useTranslations("scanner.scan");
  const home = useTranslations("scanner.tablet.home");
  const { tablet } = useEnrolled();
  const { view, doings } = useScanView({ tablet: tablet.core, scanner, list }, competitionSession, gate.id);
  return (
    <ScanScreen
      view={view}
      doings={doings}
      competitionSession={competitionSession}
      gate={gate}
      renderPin={(pad) => <PinPad {...pad} />}
      ways={
        <>
          <MenuLink to="/" leftSection={<Pictogram name="gate" size={18} />}>
            {t("changeGate")}
          </MenuLink>
          <Menu.Item mih={44} leftSection={<Pictogram name="lock" size={18} />} onClick={tablet.lock}>
            {home("lock")}
          </Menu.Item>
        </>
      }
    />
  );
}

function Away(): ReactNode {
  const t = useTranslations("scanner.scan");
  return (
    <ButtonLink to="/" variant="subtle">
      {t("changeGate")}
    </ButtonLink>
  );
}
