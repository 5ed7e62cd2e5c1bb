import { Button } from "@mantine/core";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { BasketLine } from "../../shared/basket/basket.ts";
import { useLineName } from "../../shared/basket/use-line-name.ts";
import type { LineNews } from "./line-news.ts";
import classes from "./BasketLines.module.css";

type LineNewsTextProps = {
  /** As it was put in the basket. */
  readonly line: BasketLine;
  readonly news: LineNews;
  readonly onQuantity: (quantity: number) => void;
  readonly onPrice: (priceCents: number) => void;
};

/** Says on a line what has changed since it was chosen, and mends it at one press. */
export function LineNewsText({ line, news, onQuantity, onPrice }: LineNewsTextProps): ReactNode {
  const t = useTranslations("shop.basket");
  const lineName = useLineName();
  const { price } = useFormats();
  const name = lineName(line);

  switch (news.kind) {
    case "fewer":
      return (
        <News kind={news.kind} text={t("lineFewer", { left: news.left })}>
          <Mend label={t("takeLeft", { left: news.left })} of={name} onPress={() => onQuantity(news.left)} />
        </News>
      );
    case "price":
      return (
        <News
          kind={news.kind}
          text={t("linePrice", {
            before: price(line.unitPriceCents, line.currency),
            now: price(news.priceCents, line.currency),
          })}
        >
          <Mend label={t("acceptPrice")} of={name} onPress={() => onPrice(news.priceCents)} />
        </News>
      );
    // The line has its button to be removed beside it: that is what mends these.
    case "gone":
      return <News kind={news.kind} text={t("lineGone")} />;
    case "not_on_sale":
      return <News kind={news.kind} text={t("lineNotOnSale")} />;
    default:
      return <News kind={news.kind} text={t("lineSoldOut")} />;
  }
}

type NewsProps = { readonly kind: LineNews["kind"]; readonly text: string; readonly children?: ReactNode };

function News({ kind, text, children }: NewsProps): ReactNode {
  return (
    <div className={classes.news} data-news={kind}>
      <p role="status">{text}</p>
      {children}
    </div>
  );
}

type MendProps = { readonly label: string; readonly of: string; readonly onPress: () => void };

function Mend({ label, of, onPress }: MendProps): ReactNode {
  return (
    <Button variant="outline" color="ink" size="compact-md" h={44} aria-label={`${label}: ${of}`} onClick={onPress}>
      {label}
    </Button>
  );
}
