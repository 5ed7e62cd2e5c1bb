import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import type { AdminOffer } from "@tessera/contracts";
import { FormAlert, useFormats, useOfferName, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useOfferCache } from "./use-offer-cache.ts";

type OfferStateDialogProps = {
  /** The offer as the admin sees it; null while nothing is asked. */
  readonly offer: AdminOffer | null;
  readonly onClose: () => void;
  readonly onChanged?: (offer: AdminOffer) => void;
};

/** Asks before an offer goes on or off sale, and says what that means for whom. */
export function OfferStateDialog({ offer, onClose, onChanged }: OfferStateDialogProps): ReactNode {
  const t = useTranslations("admin.offerDialog");
  // The words stay while the dialog fades away.
  const [shown, setShown] = useState(offer);
  if (offer !== null && offer !== shown) setShown(offer);
  return (
    <Modal
      opened={offer !== null}
      onClose={onClose}
      title={t(shown?.state === "published" ? "withdrawTitle" : "publishTitle")}
      closeButtonProps={{ "aria-label": t("close") }}
      centered
    >
      {shown !== null && (
        <Question
          key={`${shown.id} ${shown.version}`}
          offer={shown}
          onClose={onClose}
          onChanged={(changed) => {
            onClose();
            onChanged?.(changed);
          }}
        />
      )}
    </Modal>
  );
}

type QuestionProps = {
  readonly offer: AdminOffer;
  readonly onClose: () => void;
  readonly onChanged: (offer: AdminOffer) => void;
};

function Question({ offer, onClose, onChanged }: QuestionProps): ReactNode {
  const t = useTranslations("admin.offerDialog");
  const words = useTranslations("admin");
  const trpc = useTRPC();
  const cache = useOfferCache();
  const offerName = useOfferName();
  const { number, price } = useFormats();
  const withdrawing = offer.state === "published";
  const options = {
    onSuccess: (changed: AdminOffer) => {
      cache.keep(changed);
      notifications.show({ message: t(withdrawing ? "withdrawn" : "published"), color: "laurel" });
      onChanged(changed);
    },
  };
  const publish = useMutation(trpc.admin.catalogue.publishOffer.mutationOptions(options));
  const withdraw = useMutation(trpc.admin.catalogue.withdrawOffer.mutationOptions(options));
  const { mutate, isPending, error } = withdrawing ? withdraw : publish;
  const conflict = error !== null && apiErrorOf(error).errorCode === "conflict";
  const parts = offer.entries.map(({ competitionSession, category }) =>
    words("offerForm.chosenPool", { code: competitionSession.code, category }),
  );

  return (
    <Stack gap="md">
      {conflict ? <Text role="alert">{t("conflict")}</Text> : <FormAlert failure={error} />}
      <Text fw={600}>
        {offerName(offer)} · {parts.join(", ")} · {price(offer.priceCents, offer.currency)}
      </Text>
      {withdrawing ? (
        <Text>{t("withdrawText", { sold: number(offer.unitsSold), count: offer.unitsSold })}</Text>
      ) : (
        <Text>{t(offer.salesOpenAt === null ? "publishText" : "publishLaterText")}</Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="ink" onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        {conflict ? (
          <Button onClick={() => void cache.refresh().then(onClose)}>{t("reload")}</Button>
        ) : (
          <Button
            color={withdrawing ? "terracotta" : "laurel"}
            loading={isPending}
            onClick={() => mutate({ offerId: offer.id, version: offer.version })}
          >
            {t(withdrawing ? "withdraw" : "publish")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
