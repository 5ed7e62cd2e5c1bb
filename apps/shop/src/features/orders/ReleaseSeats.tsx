import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { Order } from "@tessera/contracts";
import { FormAlert, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useOnePress } from "../../shared/use-one-press.ts";

type ReleaseSeatsProps = {
  readonly order: Order;
  /** A page of the provider may be open: giving the seats back closes it. */
  readonly paying?: boolean;
  readonly onReleased: () => void;
};

/** Gives the seats back before the time is over; asks first. */
export function ReleaseSeats({ order, paying = false, onReleased }: ReleaseSeatsProps): ReactNode {
  const t = useTranslations("shop.order");
  const common = useTranslations("common.actions");
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const { mutateAsync, isPending, error, reset } = useMutation(
    trpc.tickets.sales.cancelOrder.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        onReleased();
      },
      onError: onReleased,
    }),
  );
  const release = useOnePress(mutateAsync);
  const underWay = error !== null && apiErrorOf(error).errorCode === "payment_under_way";
  const close = (): void => {
    setAsking(false);
    reset();
  };
  return (
    <>
      <Button variant="subtle" color="ink" onClick={() => setAsking(true)}>
        {t("release")}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t("releaseTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <Stack gap="md">
          <FormAlert failure={error} words={underWay ? t("releaseUnderWay") : undefined} />
          <Text>{t(paying ? "releasePayingText" : "releaseText")}</Text>
          <Group gap="sm">
            <Button color="terracotta" loading={isPending} onClick={() => release({ orderId: order.id })}>
              {t("releaseConfirm")}
            </Button>
            <Button variant="subtle" color="ink" onClick={close}>
              {t("releaseKeep")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
