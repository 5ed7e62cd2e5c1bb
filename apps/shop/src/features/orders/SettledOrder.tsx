import { Button, Group, Text } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { lateRefundOf, mayStillBePaid, type Standing } from "./order-facts.ts";

type SettledOrderProps = {
  readonly order: Order;
  readonly standing: Standing;
  readonly tickets: number;
  readonly given: number;
  readonly onAgain: () => void;
};

/** An order that is paid, or over: what the visitor has, and what becomes of the money. */
export function SettledOrder({ order, standing, tickets, given, onAgain }: SettledOrderProps): ReactNode {
  const t = useTranslations("shop.order");
  const handOver = useTranslations("shop.handOver.order");
  const { price } = useFormats();
  const again = (
    <Group>
      <Button onClick={onAgain}>{t("again")}</Button>
    </Group>
  );

  if (given > 0) return <Text size="lg">{handOver("allGiven", { count: given })}</Text>;
  switch (standing) {
    case "paid":
    case "partlyRefunded":
      return (
        <>
          <Text size="lg">
            {standing === "paid" ? t("paidText", { count: tickets }) : t("partlyRefundedText", { count: tickets })}
          </Text>
          {standing === "paid" && order.paidLate && <Text>{t("paidLateText")}</Text>}
          <Group gap="sm">
            <ButtonLink to="/tickets">{t("toTickets", { count: tickets })}</ButtonLink>
            <Button component="a" href={`/orders/${order.id}/calendar.ics`} variant="subtle" color="ink">
              {t("calendar")}
            </Button>
          </Group>
        </>
      );
    case "lateRefund": {
      const reason = lateRefundOf(order)?.reason ?? "no_seats_left";
      return (
        <>
          <Text size="lg">{t(`lateReasons.${reason}`)}</Text>
          <Text>{t("lateRefundText", { price: price(order.totalCents, order.currency) })}</Text>
          {reason === "account_deleted" ? null : again}
        </>
      );
    }
    case "refunded":
      return <Text size="lg">{t("refundedText")}</Text>;
    default:
      return (
        <>
          <Text size="lg">{t(standing === "cancelled" ? "cancelledText" : "expiredText")}</Text>
          {mayStillBePaid(order) && <Text>{t("mayStillBePaid")}</Text>}
          {again}
        </>
      );
  }
}
