import { Button, Text, Title } from "@mantine/core";
import type { CompetitionSessionDetail, OfferView } from "@tessera/contracts";
import { Price } from "@tessera/ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { type BasketLine, ceremonyCode, seatCount, totalCents, unitsLeft } from "../../shared/basket/basket.ts";
import { ButtonLink } from "../../shared/links.tsx";
import { StickyBar } from "../../shared/StickyBar.tsx";
import { CategoryOffers } from "./CategoryOffers.tsx";
import classes from "./OfferPicker.module.css";

type OfferPickerProps = {
  readonly detail: CompetitionSessionDetail;
  readonly inBasket: readonly BasketLine[];
  readonly onAdd: (lines: readonly BasketLine[]) => void;
};

/** What is on sale, category by category; a choice is put in the basket as a whole. */
export function OfferPicker({ detail, inBasket, onAdd }: OfferPickerProps): ReactNode {
  const t = useTranslations("shop.competitionSession");
  const shop = useTranslations("shop");
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number>>(new Map());
  const [added, setAdded] = useState(0);
  const toBasket = useRef<HTMLAnchorElement>(null);
  // It stands where the button was that had the focus.
  useEffect(() => {
    if (added > 0) toBasket.current?.focus();
  }, [added]);
  const { competitionSession, categories, limits } = detail;

  const lineOf = (offer: OfferView): BasketLine => ({
    offerId: offer.id,
    kind: offer.kind,
    persons: offer.persons,
    name: offer.name,
    currency: offer.currency,
    quantity: quantities.get(offer.id) ?? 0,
    unitPriceCents: offer.priceCents,
    entries: [{ category: offer.category, competitionSession }, ...offer.alsoIn].toSorted((one, other) =>
      one.competitionSession.startsAt.localeCompare(other.competitionSession.startsAt),
    ),
  });
  const lines = categories.flatMap(({ offers }) => offers.map(lineOf));
  const chosen = lines.filter(({ quantity }) => quantity > 0);
  const left = (line: BasketLine): number => unitsLeft([...inBasket, ...chosen], line, limits);
  const seats = seatCount(chosen);
  const limit = competitionSession.disciplineCode === ceremonyCode ? limits.ceremony : limits.competitionSession;
  const full = lines.length > 0 && lines.every((line) => left({ ...line, persons: 1 }) === 0);

  return (
    <div className={classes.picker}>
      <section aria-labelledby="offers" className={classes.offers}>
        <Title order={2} id="offers">
          {t("offers")}
        </Title>
        <Text c="dimmed" role={full ? "status" : undefined}>
          {full
            ? t("limitFull")
            : t(limit === limits.ceremony ? "limitCeremony" : "limitSession", { limit, games: limits.games })}
        </Text>
        {categories.map((each) => (
          <CategoryOffers
            key={each.category}
            category={each.category}
            availability={each.availability}
            offers={each.offers}
            quantityOf={(offer) => quantities.get(offer.id) ?? 0}
            leftOf={(offer) => left(lineOf(offer))}
            onChange={(offer, quantity) => {
              setAdded(0);
              setQuantities((before) => new Map(before).set(offer.id, quantity));
            }}
          />
        ))}
      </section>
      <StickyBar
        action={
          added > 0 ? (
            <ButtonLink ref={toBasket} to="/basket">
              {t("toBasket")}
            </ButtonLink>
          ) : (
            <Button
              disabled={seats === 0}
              onClick={() => {
                onAdd(chosen);
                setQuantities(new Map());
                setAdded(seats);
              }}
            >
              {seats === 0 ? t("add") : t("addCount", { count: seats })}
            </Button>
          )
        }
      >
        <span role="status">
          {added > 0 ? (
            t("added", { count: added })
          ) : chosen[0] === undefined ? (
            <Text span c="dimmed">
              {t("chooseFirst")}
            </Text>
          ) : (
            <>
              {shop("seats", { count: seats })} ·{" "}
              <strong>
                <Price cents={totalCents(chosen)} currency={chosen[0].currency} />
              </strong>
            </>
          )}
        </span>
      </StickyBar>
    </div>
  );
}
