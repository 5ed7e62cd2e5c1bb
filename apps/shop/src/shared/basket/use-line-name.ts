import { useOfferName } from "@tessera/ui";
import { useTranslations } from "use-intl";
import type { BasketLine } from "./basket.ts";

/** Says a line in a few words: “Duo, category A, ATH05”, and a package with all that it lets into. */
export function useLineName(): (line: Pick<BasketLine, "kind" | "name" | "entries">) => string {
  const t = useTranslations("shop.quantity");
  const offerName = useOfferName();
  return (line) => {
    const [first] = line.entries;
    if (first === undefined) return offerName(line);
    const codes = line.entries.map(({ competitionSession }) => competitionSession.code);
    if (codes.length > 1) return [offerName(line), ...codes].join(", ");
    const name = t("offerInCategory", { offer: offerName(line), category: first.category });
    return [name, ...codes].join(", ");
  };
}
