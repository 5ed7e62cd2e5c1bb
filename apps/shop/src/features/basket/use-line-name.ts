import { useOfferName } from "@tessera/ui";
import { useTranslations } from "use-intl";
import type { BasketLine } from "../../shared/basket/basket.ts";

/** Says a line in a few words: “Duo, category A, ATH05”. */
export function useLineName(): (line: BasketLine) => string {
  const t = useTranslations("shop.quantity");
  const offerName = useOfferName();
  return (line) => {
    const [first] = line.entries;
    if (first === undefined) return offerName(line);
    const name = t("offerInCategory", { offer: offerName(line), category: first.category });
    return [name, ...line.entries.map(({ competitionSession }) => competitionSession.code)].join(", ");
  };
}
