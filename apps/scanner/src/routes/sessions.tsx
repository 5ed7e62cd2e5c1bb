import { EmptyState, ErrorState, LoadingState, Page } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { CompetitionSessionList } from "../features/choice/CompetitionSessionList.tsx";
import { useChoices } from "../shared/use-choices.ts";

/** The start of a shift: which competition session. */
export function SessionsPage(): ReactNode {
  const t = useTranslations("scanner.sessions");
  const choices = useChoices();
  const [nowMs] = useState(() => Date.now());
  return (
    <Page title={t("title")} lead={t("lead")} narrow>
      {choices.isPending ? (
        <LoadingState />
      ) : choices.data === undefined ? (
        <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />
      ) : choices.data.length === 0 ? (
        <EmptyState pictogram="calendar" title={t("emptyTitle")} text={t("emptyText")} />
      ) : (
        <CompetitionSessionList
          competitionSessions={choices.data.map(({ competitionSession }) => competitionSession)}
          nowMs={nowMs}
        />
      )}
    </Page>
  );
}
