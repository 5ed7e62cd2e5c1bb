import { Title } from "@mantine/core";
import { useFormats } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { BarFigure } from "../../shared/BarFigure.tsx";
import type { Bar } from "../../shared/bars.ts";
import classes from "./Sales.module.css";

/** The ten rows with the highest revenue, whatever the table's own order. */
export function TopTen({ bars }: { readonly bars: readonly Bar[] }): ReactNode {
  const t = useTranslations("admin.sales");
  const { price } = useFormats();
  const heading = useId();
  const [first] = bars;
  if (first === undefined) return null;
  return (
    <section className={classes.top} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("topTitle", { count: bars.length })}
      </Title>
      <BarFigure
        bars={bars}
        direction="ranks"
        caption={t("topCaption", { title: first.title, amount: price(first.cents, "EUR") })}
      />
    </section>
  );
}
