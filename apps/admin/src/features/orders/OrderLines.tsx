import { Title } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { Price, useFormats, useOfferName } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { SessionCell } from "../../shared/SessionCell.tsx";
import classes from "./Order.module.css";

/** What was put in the basket, at the prices of that moment. */
export function OrderLines({ order }: { readonly order: Order }): ReactNode {
  const t = useTranslations("admin.order.lines");
  const offerName = useOfferName();
  const { price } = useFormats();
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <ul className={classes.list} aria-labelledby={heading}>
        {order.lines.map((line) => (
          <li key={line.id} className={classes.row}>
            <div className={classes.section}>
              {line.entries.map(({ competitionSession, category }) => (
                <SessionCell key={competitionSession.id} competitionSession={competitionSession} category={category} />
              ))}
            </div>
            <div className={classes.middle}>
              <p className={classes.text}>{t("quantity", { count: line.quantity, name: offerName(line) })}</p>
              <p className={`${classes.text} ${classes.quiet}`}>
                {t("each", { price: price(line.unitPriceCents, order.currency) })}
              </p>
            </div>
            <div className={classes.amount}>
              <Price cents={line.totalCents} currency={order.currency} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
