import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { BasketLine } from "../../shared/basket/basket.ts";
import type { LineNews } from "./line-news.ts";
import classes from "./BasketLines.module.css";

type LineNewsTextProps = {
  /** As it was put in the basket. */
  readonly line: BasketLine;
  readonly news: LineNews;
};

/** Says on a line what has changed since it was chosen. */
export function LineNewsText({ line, news }: LineNewsTextProps): ReactNode {
  const t = useTranslations("shop.basket");
  const { price } = useFormats();
  const sentences = {
    gone: () => t("lineGone"),
    sold_out: () => t("lineSoldOut"),
    price: () => t("linePrice", { before: price(line.unitPriceCents, line.currency) }),
  };
  return (
    <p role="status" className={classes.news} data-news={news.kind}>
      {sentences[news.kind]()}
    </p>
  );
}
