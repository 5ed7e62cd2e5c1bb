import type { CompetitionSessionSummary, OfferView } from "@tessera/contracts";
import { useCallback } from "react";
import { useLocale, useMessages, useTranslations } from "use-intl";

/** Says a discipline in the language of the page; one that we have no word for is called as the programme calls it. */
export function useDisciplineName(): (
  competitionSession: Pick<CompetitionSessionSummary, "disciplineCode" | "discipline">,
) => string {
  const { disciplines } = useMessages();
  return useCallback(
    ({ disciplineCode, discipline }) => {
      const names: Readonly<Record<string, string>> = disciplines;
      return names[disciplineCode] ?? discipline;
    },
    [disciplines],
  );
}

/** Says an offer: by its own name, or, for the standard ones, by its kind. */
export function useOfferName(): (offer: Pick<OfferView, "kind" | "name">) => string {
  const t = useTranslations("common.offerKinds");
  const locale = useLocale();
  return useCallback(({ kind, name }) => name?.[locale] ?? t(kind), [t, locale]);
}
