import { Title } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { Price, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SessionLine } from "../../shared/SessionLine.tsx";
import classes from "./OrderLines.module.css";

/** What was ordered, to the cent. */
export function OrderLines({ order }: { readonly order: Order }): ReactNode {
  const t = useTranslations("shop.order");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  return (
    <section aria-labelledby="order-lines" className={classes.order}>
      <Title order={2} size="h3" id="order-lines">
        {t("lines")}
      </Title>
      <ul className={classes.lines}>
        {order.lines.map((line) => (
          <li key={line.id} className={classes.line}>
            <div className={classes.sessions}>
              {line.entries.map(({ competitionSession, category }) => (
                <SessionLine
                  key={competitionSession.id}
                  competitionSession={competitionSession}
                  category={line.entries.length > 1 ? category : undefined}
                />
              ))}
            </div>
            <div className={classes.offer}>
              <span className="tabular">{line.quantity} ×</span> {offerName(line)}
              {line.entries.length === 1 &&
                line.entries[0] !== undefined &&
                `, ${shop("category", { category: line.entries[0].category })}`}
              {line.entries.length > 1 && ` · ${shop("package", { count: line.entries.length })}`}
            </div>
            <div className={classes.price}>
              <Price cents={line.totalCents} currency={order.currency} />
            </div>
          </li>
        ))}
      </ul>
      <p className={classes.total}>
        <span>{t("total")}</span>
        <strong>
          <Price cents={order.totalCents} currency={order.currency} />
        </strong>
      </p>
    </section>
  );
}
