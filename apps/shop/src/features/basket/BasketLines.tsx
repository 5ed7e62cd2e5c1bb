import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Pictogram, Price, useFormats, useOfferName } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { type BasketLine, unitsLeft } from "../../shared/basket/basket.ts";
import { useLineName } from "../../shared/basket/use-line-name.ts";
import { QuantityStepper } from "../../shared/QuantityStepper.tsx";
import { SessionLine } from "../../shared/SessionLine.tsx";
import { atTodaysPrice } from "./line-news.ts";
import { LineNewsText } from "./LineNewsText.tsx";
import type { BasketNews } from "./use-line-news.ts";
import classes from "./BasketLines.module.css";

type BasketLinesProps = {
  /** As they were put in the basket. */
  readonly lines: readonly BasketLine[];
  /** What has changed since then. */
  readonly now: BasketNews;
  /** The offer that the last try to reserve stumbled over. */
  readonly problemWith: string | number | undefined;
  /** A wish for exactly these lines is under way. */
  readonly locked: boolean;
  readonly onQuantity: (offerId: string, quantity: number) => void;
  readonly onPrice: (offerId: string, priceCents: number) => void;
};

/** From so few on it is said how many are left. */
const fewUnits = 9;

/** What is in the basket, to be changed. */
export function BasketLines(props: BasketLinesProps): ReactNode {
  const { lines, now, problemWith, locked, onQuantity, onPrice } = props;
  const t = useTranslations("shop.basket");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const lineName = useLineName();
  const { price } = useFormats();
  const [removed, setRemoved] = useState("");

  return (
    <fieldset className={classes.lock} disabled={locked}>
      <ul className={classes.lines} aria-label={t("lines")}>
        {lines.map((chosen) => {
          const change = now.news.get(chosen.offerId);
          const left = now.exact.get(chosen.offerId)?.left ?? Infinity;
          const line = atTodaysPrice(chosen, change);
          return (
            <li key={line.offerId} className={classes.line} data-problem={line.offerId === problemWith || undefined}>
              <div className={classes.sessions}>
                {line.entries.map(({ competitionSession, category }) => (
                  <SessionLine
                    key={competitionSession.id}
                    competitionSession={competitionSession}
                    category={line.entries.length > 1 ? category : undefined}
                    renderName={(name) => (
                      <Link to="/sessions/$code" params={{ code: competitionSession.code }} className={classes.name}>
                        {name}
                      </Link>
                    )}
                  />
                ))}
              </div>
              <div className={classes.offer}>
                <strong>{offerName(line)}</strong>
                {line.entries.length === 1 &&
                  line.entries[0] !== undefined &&
                  `, ${shop("category", { category: line.entries[0].category })}`}
                {line.entries.length > 1 && (
                  <span className={classes.quiet}> · {shop("package", { count: line.entries.length })}</span>
                )}
                <div className={classes.quiet}>{t("each", { price: price(line.unitPriceCents, line.currency) })}</div>
                {change !== undefined ? (
                  <LineNewsText
                    line={chosen}
                    news={change}
                    onQuantity={(quantity) => onQuantity(line.offerId, quantity)}
                    onPrice={(priceCents) => onPrice(line.offerId, priceCents)}
                  />
                ) : (
                  left <= fewUnits && <div className={classes.few}>{t("onlyLeft", { left })}</div>
                )}
              </div>
              <QuantityStepper
                name={lineName(line)}
                quantity={line.quantity}
                least={1}
                left={Math.min(unitsLeft(lines, line, now.limits), left - line.quantity)}
                onChange={(quantity) => onQuantity(line.offerId, quantity)}
              />
              <div className={classes.total}>
                <strong>
                  <Price cents={line.unitPriceCents * line.quantity} currency={line.currency} />
                </strong>
                <Button
                  variant="subtle"
                  color="terracotta"
                  size="compact-md"
                  h={44}
                  leftSection={<Pictogram name="remove" size={18} />}
                  aria-label={t("removeLine", { name: lineName(line) })}
                  onClick={() => {
                    setRemoved(lineName(line));
                    onQuantity(line.offerId, 0);
                  }}
                >
                  {t("remove")}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      <div role="status" className={classes.quiet}>
        {removed !== "" && t("removed", { name: removed })}
      </div>
    </fieldset>
  );
}
