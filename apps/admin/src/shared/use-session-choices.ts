import type { CompetitionSessionSummary } from "@tessera/contracts";
import { useDisciplineName, useFormats } from "@tessera/ui";
import { useMemo } from "react";

type WithSession = { readonly competitionSession: CompetitionSessionSummary };

/** Competition sessions to choose from, by code, discipline, day and venue. */
export function useSessionChoices(found: readonly WithSession[] = []): { value: string; label: string }[] {
  const { date } = useFormats();
  const disciplineName = useDisciplineName();
  return useMemo(
    () =>
      found.map(({ competitionSession: session }) => ({
        value: session.id,
        label: [
          session.code,
          disciplineName(session),
          date(session.startsAt, session.timeZone, "dateTime"),
          session.venue,
        ].join(" · "),
      })),
    [found, date, disciplineName],
  );
}
