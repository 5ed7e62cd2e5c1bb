import { Alert } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { offersToMe } from "../../shared/hand-overs.ts";
import { TextLink } from "../../shared/links.tsx";
import { useHandOvers } from "../../shared/use-hand-overs.ts";

/** Whoever registers by a mailed link comes to another page than the offer's. Nothing where nothing is offered. */
export function OffersNotice(): ReactNode {
  const t = useTranslations("shop.handOver.received");
  const offers = offersToMe(useHandOvers().data ?? []);
  if (offers.length === 0) return null;
  return (
    <Alert color="sky" icon={<Pictogram name="ticket" size={18} />}>
      {offers.map(({ other, handOvers }) => (
        <div key={other}>
          <TextLink to="/hand-overs">{t("title", { giver: other ?? t("someone"), count: handOvers.length })}</TextLink>
        </div>
      ))}
    </Alert>
  );
}
