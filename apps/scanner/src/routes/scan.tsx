import { getRouteApi } from "@tanstack/react-router";
import type { Gate } from "@tessera/contracts";
import { ListRefused } from "@tessera/scanner-core";
import { EmptyState, ErrorState, LoadingState, usePageTitle } from "@tessera/ui";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { RefusedList } from "../features/scanning/RefusedList.tsx";
import { useScanner } from "../features/scanning/use-scanner.ts";
import { ButtonLink } from "../shared/links.tsx";
import { lastGateKey, remember } from "../shared/remembered.ts";
import { type Choice, useChoices } from "../shared/use-choices.ts";
import { useGateName } from "../shared/use-gate-name.ts";
import { ScanScreen } from "./scan-screen.tsx";

const route = getRouteApi("/$competitionSessionId/$gateId");

/** At the gate. */
export function ScanPage(): ReactNode {
  const t = useTranslations("scanner");
  const { competitionSessionId, gateId } = route.useParams();
  const choices = useChoices();
  const choice = choices.data?.find(({ competitionSession }) => competitionSession.id === competitionSessionId);
  const gate = choice?.gates.find(({ id }) => id === gateId);

  if (choices.isPending) return <LoadingState label={t("scan.opening")} />;
  if (choices.data === undefined) {
    return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  }
  if (choice === undefined || gate === undefined) {
    const change = <ButtonLink to="/">{t("gates.change")}</ButtonLink>;
    return <EmptyState pictogram="gate" title={t("gates.goneTitle")} text={t("gates.goneText")} action={change} />;
  }
  if (!window.isSecureContext) {
    return <EmptyState pictogram="lock" title={t("scan.insecureTitle")} text={t("scan.insecureText")} />;
  }
  return (
    <OpenGate key={`${competitionSessionId}/${gateId}`} competitionSession={choice.competitionSession} gate={gate} />
  );
}

type OpenGateProps = Pick<Choice, "competitionSession"> & { readonly gate: Gate };

/** The list on its way, and then the gate. */
function OpenGate({ competitionSession, gate }: OpenGateProps): ReactNode {
  const t = useTranslations("scanner.scan");
  const gateName = useGateName();
  const opening = useScanner(competitionSession.id, gate);
  usePageTitle(t("title", { session: competitionSession.code, gate: gateName(gate) }));

  useEffect(() => remember(lastGateKey, gate.id), [gate.id]);

  if (opening.status === "open") {
    return <ScanScreen scanner={opening.scanner} competitionSession={competitionSession} gate={gate} />;
  }
  if (opening.status === "opening") return <LoadingState label={t("opening")} />;
  const change = (
    <ButtonLink to="/" variant="subtle">
      {t("changeGate")}
    </ButtonLink>
  );
  if (opening.error instanceof ListRefused) {
    return <RefusedList problem={opening.error.problem} onRetry={opening.retry} action={change} />;
  }
  return <ErrorState error={opening.error} onRetry={opening.retry} action={change} />;
}
