import type { CompetitionSessionSummary, OfferKind } from "@tessera/contracts";
import { useCallback } from "react";
import { useLocale, useMessages, useTranslations } from "use-intl";

/** Says a discipline in the admin's language; one that we have no word for is called as the programme calls it. */
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

type NamedOffer = { kind: OfferKind; persons: number; name: { fr: string; en: string } | null };

/** Says an offer: by its own name, or, for the standard ones, by its kind. */
export function useOfferName(): (offer: NamedOffer) => string {
  const t = useTranslations("admin.offerKinds");
  const locale = useLocale();
  return useCallback(({ kind, name }) => name?.[locale] ?? t(kind), [t, locale]);
}
