import type { AdminOffer } from "@tessera/contracts";
import { Price, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { OfferStateBadge } from "./OfferStateBadge.tsx";
import classes from "./OfferForm.module.css";

/** What cannot be edited: where the offer lets in, for how many, and how it sells. */
export function OfferFacts({ offer }: { readonly offer: AdminOffer }): ReactNode {
  const t = useTranslations("admin");
  const kinds = useTranslations("common.offerKinds");
  const { number } = useFormats();
  return (
    <dl className={classes.facts}>
      {offer.entries.map((entry) => (
        <div key={entry.seatPoolId} className={classes.entry}>
          <dt>{t("category", { category: entry.category })}</dt>
          <dd>
            <SessionCell competitionSession={entry.competitionSession} />
          </dd>
          <dd>
            <FillBar taken={entry.taken} capacity={entry.capacity} />
          </dd>
        </div>
      ))}
      <div>
        <dt>{t("offers.state")}</dt>
        <dd>
          <OfferStateBadge state={offer.state} />
        </dd>
      </div>
      <div>
        <dt>{t("offers.offer")}</dt>
        <dd>
          {kinds(offer.kind)} · {t("persons", { count: offer.persons })}
        </dd>
      </div>
      <div>
        <dt>{t("offers.price")}</dt>
        <dd>
          <Price cents={offer.priceCents} currency={offer.currency} />
        </dd>
      </div>
      <div>
        <dt>{t("offers.sold")}</dt>
        <dd className="tabular">{number(offer.unitsSold)}</dd>
      </div>
    </dl>
  );
}
