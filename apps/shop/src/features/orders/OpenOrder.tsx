import { Group, Loader, Text } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { Countdown, useFormats } from "@tessera/ui";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { type Standing, ticketCount } from "./order-facts.ts";
import { PayButton } from "./PayButton.tsx";
import { ReleaseSeats } from "./ReleaseSeats.tsx";
import { useIsOver } from "./use-is-over.ts";

type OpenOrderProps = {
  readonly order: Order;
  readonly standing: Standing;
  /** The provider's page has sent the visitor back. */
  readonly cameBack: boolean;
  readonly now: () => number;
  readonly onChanged: () => void;
};

/** An order whose seats are kept: how long, whether it is paid, and the way to pay it or to give the seats back. */
export function OpenOrder({ order, standing, cameBack, now, onChanged }: OpenOrderProps): ReactNode {
  const t = useTranslations("shop.order");
  const { date, price } = useFormats();
  const over = useIsOver(order.holdExpiresAt, now);
  const time = (): ReactNode => (
    <strong>
      {order.holdExpiresAt !== null && <Countdown until={order.holdExpiresAt} now={now} onEnd={onChanged} />}
    </strong>
  );
  const pay = (label: string): ReactNode => <PayButton order={order} label={label} />;
  const release = <ReleaseSeats order={order} paying={standing === "awaiting"} onReleased={onChanged} />;

  if (over) {
    // Never "not paid" before the provider has said so: money may be on its way until its page is closed.
    return <Working text={t(order.payment === null ? "endedText" : "endedPayingText")} />;
  }
  if (standing === "awaiting") {
    return cameBack ? (
      <>
        <BankAnswer />
        <Text>{t.rich("bankKept", { time })}</Text>
        <Text c="dimmed">{t("bankNotFinished")}</Text>
        <Group gap="sm">
          {pay(t("continuePayment"))}
          {release}
        </Group>
      </>
    ) : (
      <>
        <Text size="lg">{t.rich("awaitingText", { time })}</Text>
        {order.holdExpiresAt !== null && (
          <Text>{t("awaitingEnd", { time: date(order.holdExpiresAt, deviceZone, "time") })}</Text>
        )}
        <Group gap="sm">
          {pay(t("continuePayment"))}
          {release}
        </Group>
      </>
    );
  }
  return (
    <>
      <Text size="lg">
        {standing === "refused" || standing === "abandoned"
          ? t.rich(`${standing}Text`, { time })
          : t.rich("heldText", { count: ticketCount(order), time })}
      </Text>
      <Group gap="sm">
        {pay(standing === "held" ? t("pay", { price: price(order.totalCents, order.currency) }) : t("payAgain"))}
        {release}
      </Group>
    </>
  );
}

/** Banks answer within seconds; when one does not, nobody should fear, and nobody should pay twice. */
const longMs = 20_000;

function BankAnswer(): ReactNode {
  const t = useTranslations("shop.order");
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), longMs);
    return () => clearTimeout(timer);
  }, []);
  return <Working text={t(long ? "bankLongText" : "bankText")} />;
}

function Working({ text }: { readonly text: string }): ReactNode {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Loader size="sm" mt={4} />
      <Text size="lg">{text}</Text>
    </Group>
  );
}
