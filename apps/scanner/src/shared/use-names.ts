import type { CompetitionSessionSummary, Gate, OfferKind } from "@tessera/contracts";
import { useMemo } from "react";
import { useLocale, useMessages, useTranslations } from "use-intl";

type Names = {
  /** A discipline in the language of the page; one that we have no word for is called as the programme calls it. */
  readonly discipline: (of: Pick<CompetitionSessionSummary, "disciplineCode" | "discipline">) => string;
  /** A gate by its own name; one that is only called by its code is “Gate B”. */
  readonly gate: (gate: Pick<Gate, "code" | "name">) => string;
  /** An offer by its own name, or, for the standard ones, by its kind. */
  readonly offer: (of: {
    readonly kind: OfferKind;
    readonly name: { readonly fr: string; readonly en: string } | null;
  }) => string;
};

/** What things are called in the language of the page. */
export function useNames(): Names {
  const t = useTranslations("scanner");
  const { disciplines } = useMessages();
  const locale = useLocale();
  return useMemo(() => {
    const words: Readonly<Record<string, string>> = disciplines;
    return {
      discipline: ({ disciplineCode, discipline }) => words[disciplineCode] ?? discipline,
      gate: ({ code, name }) => (name === code ? t("gateName", { code }) : name),
      offer: ({ kind, name }) => name?.[locale] ?? t(`offerKinds.${kind}`),
    };
  }, [t, disciplines, locale]);
}
