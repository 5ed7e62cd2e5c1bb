import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { defaultPurchaseLimits } from "@tessera/contracts";
import { Pictogram, Price, useFormats, useOfferName } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { type BasketLine, unitsLeft } from "../../shared/basket/basket.ts";
import { QuantityStepper } from "../../shared/QuantityStepper.tsx";
import { SessionLine } from "../../shared/SessionLine.tsx";
import { atTodaysPrice, type LineNews } from "./line-news.ts";
import { LineNewsText } from "./LineNewsText.tsx";
import { useLineName } from "./use-line-name.ts";
import classes from "./BasketLines.module.css";

type BasketLinesProps = {
  /** As they were put in the basket. */
  readonly lines: readonly BasketLine[];
  /** What has changed since then, by offer. */
  readonly news: ReadonlyMap<string, LineNews>;
  /** The offer that the last try to reserve stumbled over. */
  readonly problemWith: string | number | undefined;
  readonly onQuantity: (offerId: string, quantity: number) => void;
};

/** What is in the basket, to be changed. */
export function BasketLines({ lines, news, problemWith, onQuantity }: BasketLinesProps): ReactNode {
  const t = useTranslations("shop.basket");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const lineName = useLineName();
  const { price } = useFormats();
  const [removed, setRemoved] = useState("");

  return (
    <>
      <ul className={classes.lines} aria-label={t("lines")}>
        {lines.map((chosen) => {
          const change = news.get(chosen.offerId);
          const line = atTodaysPrice(chosen, change);
          return (
            <li key={line.offerId} className={classes.line} data-problem={line.offerId === problemWith || undefined}>
              <div className={classes.sessions}>
                {line.entries.map(({ competitionSession }) => (
                  <SessionLine
                    key={competitionSession.id}
                    competitionSession={competitionSession}
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
                {line.entries[0] !== undefined && `, ${shop("category", { category: line.entries[0].category })}`}
                <div className={classes.quiet}>{t("each", { price: price(line.unitPriceCents, line.currency) })}</div>
                {change !== undefined && <LineNewsText line={chosen} news={change} />}
              </div>
              <QuantityStepper
                name={lineName(line)}
                quantity={line.quantity}
                least={1}
                left={unitsLeft(lines, line, defaultPurchaseLimits)}
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
    </>
  );
}
