import { Button, Text } from "@mantine/core";
import { Price } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type BasketLine, seatCount, totalCents } from "../../shared/basket/basket.ts";
import { StickyBar } from "../../shared/StickyBar.tsx";
import classes from "./ReserveBar.module.css";

type ReserveBarProps = {
  readonly lines: readonly BasketLine[];
  readonly pending: boolean;
  /** Something else is the main action now. */
  readonly second: boolean;
  readonly onReserve: () => void;
};

/** The sum, and the main action. */
export function ReserveBar({ lines, pending, second, onReserve }: ReserveBarProps): ReactNode {
  const t = useTranslations("shop.basket");
  const shop = useTranslations("shop");
  const [first] = lines;
  return (
    <>
      <Text c="dimmed">{t("holdText")}</Text>
      <StickyBar
        action={
          <Button loading={pending} onClick={onReserve} {...(second ? { variant: "outline", color: "ink" } : {})}>
            {t("reserve")}
          </Button>
        }
      >
        {t("total")} · {shop("seats", { count: seatCount(lines) })}{" "}
        {first !== undefined && (
          <strong className={classes.total}>
            <Price cents={totalCents(lines)} currency={first.currency} />
          </strong>
        )}
      </StickyBar>
    </>
  );
}
