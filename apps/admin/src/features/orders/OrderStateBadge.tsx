import { Badge } from "@mantine/core";
import type { OrderState } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./OrderStateBadge.module.css";

const colours: Record<OrderState, string> = {
  held: "ink",
  awaiting_payment: "ink",
  paid: "laurel",
  partly_refunded: "ochre",
  refunded: "terracotta",
  expired: "ink",
  cancelled: "ink",
};

/** Where an order stands. The word says it; the colour only helps to find it in a list. */
export function OrderStateBadge({ state }: { readonly state: OrderState }): ReactNode {
  const t = useTranslations("admin.orders.states");
  return (
    <Badge
      className={classes.badge ?? ""}
      classNames={{ label: classes.label ?? "" }}
      variant="light"
      color={colours[state]}
    >
      {t(state)}
    </Badge>
  );
}
