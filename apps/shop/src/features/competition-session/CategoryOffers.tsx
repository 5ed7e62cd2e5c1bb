import { Title } from "@mantine/core";
import type { Availability, Category, OfferView } from "@tessera/contracts";
import { Price, useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { QuantityStepper } from "../../shared/QuantityStepper.tsx";
import classes from "./CategoryOffers.module.css";

type CategoryOffersProps = {
  readonly category: Category;
  readonly availability: Availability;
  readonly offers: readonly OfferView[];
  readonly quantityOf: (offer: OfferView) => number;
  /** How many more of an offer the limits allow. */
  readonly leftOf: (offer: OfferView) => number;
  readonly onChange: (offer: OfferView, quantity: number) => void;
};

/** A price category and what is sold in it. */
export function CategoryOffers(props: CategoryOffersProps): ReactNode {
  const { category, availability, offers, quantityOf, leftOf, onChange } = props;
  const t = useTranslations("shop");
  const offerName = useOfferName();
  const { price } = useFormats();
  return (
    <section className={classes.category} aria-label={t("competitionSession.offersOf", { category })}>
      <div className={classes.head}>
        <Title order={3}>{t("category", { category })}</Title>
        <span className={classes.availability} data-availability={availability}>
          {t(`availability.${availability}`)}
        </span>
      </div>
      <ul className={classes.offers}>
        {offers.map((offer) => (
          <li key={offer.id} className={classes.offer}>
            <span>
              <span className={classes.name}>{offerName(offer)}</span>{" "}
              <span className={classes.quiet}>{t("persons", { count: offer.persons })}</span>
            </span>
            <span className={classes.price}>
              <Price cents={offer.priceCents} currency={offer.currency} />
              {offer.persons > 1 && (
                <span className={classes.quiet}>
                  {t("competitionSession.perPerson", {
                    price: price(offer.priceCents / offer.persons, offer.currency),
                  })}
                </span>
              )}
            </span>
            {offer.availability === "sold_out" ? (
              <span className={classes.soldOut}>{t("availability.sold_out")}</span>
            ) : (
              <QuantityStepper
                name={t("quantity.offerInCategory", { offer: offerName(offer), category })}
                quantity={quantityOf(offer)}
                left={leftOf(offer)}
                onChange={(quantity) => onChange(offer, quantity)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
