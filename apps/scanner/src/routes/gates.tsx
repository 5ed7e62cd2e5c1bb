import { getRouteApi } from "@tanstack/react-router";
import { DateTimeText, EmptyState, ErrorState, LoadingState, Page, useDisciplineName } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { GateList } from "../features/choice/GateList.tsx";
import { ButtonLink, TextLink } from "../shared/links.tsx";
import { lastGateKey, remembered } from "../shared/remembered.ts";
import { useChoices } from "../shared/use-choices.ts";

const route = getRouteApi("/$competitionSessionId");

/** The start of a shift: which gate of the competition session's venue. */
export function GatesPage(): ReactNode {
  const t = useTranslations("scanner.gates");
  const disciplineName = useDisciplineName();
  const { competitionSessionId } = route.useParams();
  const choices = useChoices();
  const [lastGateId] = useState(() => remembered(lastGateKey));
  const choice = choices.data?.find(({ competitionSession }) => competitionSession.id === competitionSessionId);

  if (choices.isPending) return <LoadingState />;
  if (choices.data === undefined) {
    return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  }
  const change = <ButtonLink to="/">{t("change")}</ButtonLink>;
  if (choice === undefined) {
    return <EmptyState pictogram="calendar" title={t("goneTitle")} text={t("goneText")} action={change} />;
  }
  const { competitionSession, gates } = choice;
  const { code, startsAt, timeZone, venue } = competitionSession;
  return (
    <Page
      narrow
      title={t("title")}
      lead={
        <>
          {code} · {disciplineName(competitionSession)} · {venue} ·{" "}
          <DateTimeText at={startsAt} timeZone={timeZone} show="dateTime" />
        </>
      }
    >
      {gates.length === 0 ? (
        <EmptyState pictogram="gate" title={t("emptyTitle")} text={t("emptyText")} action={change} />
      ) : (
        <>
          <GateList competitionSessionId={competitionSessionId} gates={gates} lastGateId={lastGateId} />
          <p>
            <TextLink to="/">{t("change")}</TextLink>
          </p>
        </>
      )}
    </Page>
  );
}
