import { Button, Group, Text, Title } from "@mantine/core";
import { Price } from "@tessera/ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { type BasketLine, seatCount, totalCents } from "../../shared/basket/basket.ts";
import { useLineName } from "../../shared/basket/use-line-name.ts";
import classes from "./TakeWhatIsLeft.module.css";

type TakeWhatIsLeftProps = {
  readonly lines: readonly BasketLine[];
  /** How many of each line can be had now, by offer. */
  readonly units: ReadonlyMap<string, number>;
  readonly onTake: () => void;
  readonly onKeep: () => void;
};

/**
 * Not everything is there any more: what would be obtained and what would be missing, line by line, and the choice. It
 * takes the focus, so that it is in view and read out.
 */
export function TakeWhatIsLeft({ lines, units, onTake, onKeep }: TakeWhatIsLeftProps): ReactNode {
  const t = useTranslations("shop.basket.left");
  const lineName = useLineName();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const obtained = lines.map((line) => ({ ...line, quantity: units.get(line.offerId) ?? 0 }));
  const [first] = lines;
  const price = (): ReactNode => (
    <strong>{first !== undefined && <Price cents={totalCents(obtained)} currency={first.currency} />}</strong>
  );
  return (
    <section className={classes.choice} aria-labelledby="what-is-left">
      <Title order={2} size="h3" id="what-is-left" ref={heading} tabIndex={-1}>
        {t("title")}
      </Title>
      <Text>{t("text")}</Text>
      <ul className={classes.lines}>
        {lines.map((line, index) => {
          const had = obtained[index]?.quantity ?? 0;
          const missing = line.quantity - had;
          return (
            <li key={line.offerId} className={classes.line} data-missing={missing > 0 || undefined}>
              <span>{lineName(line)}</span>
              <strong className="tabular">
                {missing === 0
                  ? t("all", { count: had })
                  : had === 0
                    ? t("none", { missing })
                    : t("some", { had, wanted: line.quantity, missing })}
              </strong>
            </li>
          );
        })}
      </ul>
      <Text>{t.rich("sum", { count: seatCount(obtained), price })}</Text>
      <Group gap="sm">
        <Button onClick={onTake}>{t("take")}</Button>
        <Button variant="subtle" color="ink" onClick={onKeep}>
          {t("keep")}
        </Button>
      </Group>
      <Text c="dimmed" size="sm">
        {t("note")}
      </Text>
    </section>
  );
}
