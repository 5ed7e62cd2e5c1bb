import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useLineName } from "../../shared/basket/use-line-name.ts";
import type { MissingLine } from "../../shared/missing-lines.ts";
import classes from "./Refunds.module.css";

const told = ["sold_out", "limit_reached", "offer_withdrawn", "offer_not_on_sale", "price_changed"] as const;

/** The visitor agreed to get what was left: what was not obtained, and why. Nothing where all was. */
export function MissingLines({ missing }: { readonly missing: readonly MissingLine[] }): ReactNode {
  const t = useTranslations("shop.order.missing");
  const lineName = useLineName();
  if (missing.length === 0) return null;
  return (
    <section aria-labelledby="missing-lines" className={classes.refunds}>
      <Title order={2} size="h3" id="missing-lines">
        {t("title")}
      </Title>
      <Text c="dimmed">{t("text")}</Text>
      <ul className={classes.list}>
        {missing.map(({ line, granted, why }) => (
          <li key={line.offerId} className={classes.refund}>
            <div>
              <strong>{lineName(line)}</strong>
              <div className={classes.quiet}>{t(`why.${told.find((code) => code === why) ?? "sold_out"}`)}</div>
            </div>
            <span className="tabular">{t("counts", { granted, count: line.quantity })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
