import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

type MoveTicketProps = { readonly pending: boolean; readonly onMove: () => void };

/** Brings a ticket from another device to this one; asks first, since the other one's code dies of it. */
export function MoveTicket({ pending, onMove }: MoveTicketProps): ReactNode {
  const t = useTranslations("shop.ticket");
  const common = useTranslations("common.actions");
  const [asking, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="outline" color="ink" loading={pending} onClick={open}>
        {t("move")}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t("moveTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <Stack gap="md">
          <Text>{t("moveText")}</Text>
          <Group gap="sm">
            <Button
              onClick={() => {
                close();
                onMove();
              }}
            >
              {t("moveConfirm")}
            </Button>
            <Button variant="subtle" color="ink" onClick={close}>
              {t("moveKeep")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
