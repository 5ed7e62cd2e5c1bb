import { Group, Text } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { Countdown } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { useServerClock } from "../../shared/use-server-clock.ts";

type HeldOrderProps = {
  readonly order: Order;
  /** There is nothing else to do here. */
  readonly first: boolean;
};

/** An order that keeps seats and waits to be paid: not to be forgotten while choosing more. */
export function HeldOrder({ order, first }: HeldOrderProps): ReactNode {
  const t = useTranslations("shop.basket");
  const { now } = useServerClock();
  return (
    <Group justify="space-between" gap="sm">
      <Text>
        {t("held", { reference: order.reference })}{" "}
        {order.holdExpiresAt !== null && (
          <strong>
            <Countdown until={order.holdExpiresAt} now={now} />
          </strong>
        )}
      </Text>
      <ButtonLink
        to="/orders/$orderId"
        params={{ orderId: order.id }}
        {...(first ? {} : { variant: "outline", color: "ink" })}
      >
        {t("toHeld")}
      </ButtonLink>
    </Group>
  );
}
