import type { CompetitionSessionSummary, Locale } from "@tessera/contracts";
import { mailMessages } from "@tessera/messages";

/** In the reader's language; what the programme calls a discipline that we have no word for. */
export function disciplineName(
  { disciplineCode, discipline }: Pick<CompetitionSessionSummary, "disciplineCode" | "discipline">,
  locale: Locale,
): string {
  const names: Readonly<Record<string, string>> = mailMessages(locale).disciplines;
  return names[disciplineCode] ?? discipline;
}
