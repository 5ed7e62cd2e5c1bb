import type { SalesSummary } from "@tessera/contracts";
import { Price, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSayFill } from "../../shared/use-say-fill.ts";
import classes from "./Totals.module.css";

/** What was sold in all, to the cent. */
export function Totals({ summary }: { readonly summary: SalesSummary }): ReactNode {
  const t = useTranslations("admin.overview");
  const fill = useTranslations("admin.fill");
  const { number, price } = useFormats();
  const sayFill = useSayFill();
  const { amountCents, taxCents, currency, tickets, orders, taken, capacity } = summary;
  return (
    <dl className={classes.totals}>
      <div className={classes.main}>
        <dt>{t("revenue")}</dt>
        <dd>
          <Price cents={amountCents} currency={currency} />
        </dd>
        <dd className={classes.small}>{t("withTax", { tax: price(taxCents, currency) })}</dd>
      </div>
      <div>
        <dt>{t("tickets")}</dt>
        <dd>{number(tickets)}</dd>
      </div>
      <div>
        <dt>{t("orders")}</dt>
        <dd>{number(orders)}</dd>
      </div>
      <div>
        <dt>{t("fill")}</dt>
        <dd>{sayFill(taken, capacity)}</dd>
        <dd className={classes.small}>{fill("seats", { taken: number(taken), capacity: number(capacity) })}</dd>
      </div>
    </dl>
  );
}
