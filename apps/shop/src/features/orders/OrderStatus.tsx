import { Button, Group, Text } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { Countdown, useFormats } from "@tessera/ui";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { ButtonLink } from "../../shared/links.tsx";
import { standingOf, ticketCount } from "./order-facts.ts";
import { PayButton } from "./PayButton.tsx";
import { forgetPaymentKey } from "./payment-key.ts";
import { ReleaseSeats } from "./ReleaseSeats.tsx";
import classes from "./OrderStatus.module.css";

type OrderStatusProps = {
  readonly order: Order;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
  /** Something has happened to the order: look again. */
  readonly onChanged: () => void;
  /** The seats of an order that is over are wanted after all. */
  readonly onAgain: () => void;
};

/** Where the order stands, and the one thing to do about it. */
export function OrderStatus(props: OrderStatusProps): ReactNode {
  const { order } = props;
  const standing = standingOf(order);
  const settled = !["held", "awaiting", "refused", "abandoned"].includes(standing);

  useEffect(() => {
    if (settled) forgetPaymentKey(order.id);
  }, [settled, order.id]);

  return (
    <div className={classes.words} aria-live="polite">
      <Words {...props} />
    </div>
  );
}

function Words({ order, now, onChanged, onAgain }: OrderStatusProps): ReactNode {
  const t = useTranslations("shop.order");
  const { date, price } = useFormats();
  const standing = standingOf(order);
  const count = ticketCount(order);
  const time = (): ReactNode => (
    <strong>
      {order.holdExpiresAt !== null && <Countdown until={order.holdExpiresAt} now={now} onEnd={onChanged} />}
    </strong>
  );

  switch (standing) {
    case "held":
      return (
        <>
          <Text size="lg">{t.rich("heldText", { count, time })}</Text>
          <Actions>
            <PayButton order={order} label={t("pay", { price: price(order.totalCents, order.currency) })} />
            <ReleaseSeats order={order} onReleased={onChanged} />
          </Actions>
        </>
      );
    case "awaiting":
      return (
        <>
          <Text size="lg">{t.rich("awaitingText", { time })}</Text>
          {order.holdExpiresAt !== null && (
            <Text>{t("awaitingEnd", { time: date(order.holdExpiresAt, deviceZone, "time") })}</Text>
          )}
          <Actions>
            <PayButton order={order} label={t("continuePayment")} />
          </Actions>
        </>
      );
    case "refused":
    case "abandoned":
      return (
        <>
          <Text size="lg">{t.rich(`${standing}Text`, { time })}</Text>
          <Actions>
            <PayButton order={order} label={t("payAgain")} />
            <ReleaseSeats order={order} onReleased={onChanged} />
          </Actions>
        </>
      );
    case "paid":
    case "partlyRefunded":
      return (
        <>
          <Text size="lg">{standing === "paid" ? t("paidText", { count }) : t("partlyRefundedText")}</Text>
          <Actions>
            <ButtonLink to="/tickets">{t("toTickets", { count })}</ButtonLink>
            <Button component="a" href={`/orders/${order.id}/calendar.ics`} variant="subtle" color="ink">
              {t("calendar")}
            </Button>
          </Actions>
        </>
      );
    case "expired":
    case "cancelled":
      return (
        <>
          <Text size="lg">{t(`${standing}Text`)}</Text>
          <Actions>
            <Button onClick={onAgain}>{t("again")}</Button>
          </Actions>
        </>
      );
    case "lateRefund":
      return (
        <>
          <Text size="lg">{t("lateRefundText")}</Text>
          <Actions>
            <Button onClick={onAgain}>{t("again")}</Button>
          </Actions>
        </>
      );
    default:
      return <Text size="lg">{t("refundedText", { price: price(order.totalCents, order.currency) })}</Text>;
  }
}

function Actions({ children }: { readonly children: ReactNode }): ReactNode {
  return <Group gap="sm">{children}</Group>;
}
