import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Availability, Category, OfferView } from "@tessera/contracts";
import { DateTimeText, Pictogram, Price, useDisciplineName, useFormats, useOfferName } from "@tessera/ui";
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
              <span className={classes.quiet}>
                {t("persons", { count: offer.persons })}
                {offer.alsoIn.length > 0 && ` · ${t("package", { count: offer.alsoIn.length + 1 })}`}
              </span>
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
            <div className={classes.choice}>
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
            </div>
            {offer.alsoIn.length > 0 && <AlsoIn offer={offer} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What else a package lets into: each with its day, its place and its page. */
function AlsoIn({ offer }: { readonly offer: OfferView }): ReactNode {
  const t = useTranslations("shop");
  const disciplineName = useDisciplineName();
  const offerName = useOfferName();
  return (
    <div className={classes.also}>
      <span className={classes.quiet}>{t("competitionSession.alsoIn")}</span>
      <ul aria-label={t("competitionSession.alsoInOf", { offer: offerName(offer) })}>
        {offer.alsoIn.map(({ competitionSession, category }) => (
          <li key={competitionSession.id}>
            <Pictogram name={competitionSession.disciplineCode} size={24} />
            <span>
              <Link to="/sessions/$code" params={{ code: competitionSession.code }} className={classes.alsoLink}>
                {disciplineName(competitionSession)} {competitionSession.code}
              </Link>
              <span className={classes.quiet}>
                {" · "}
                <DateTimeText at={competitionSession.startsAt} timeZone={competitionSession.timeZone} show="dateTime" />
                {" · "}
                {competitionSession.venue}, {competitionSession.city}
                {category !== offer.category && ` · ${t("category", { category })}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
