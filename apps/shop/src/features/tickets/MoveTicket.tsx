import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Ticket } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMovesText } from "./use-moves-text.ts";

type MoveTicketProps = {
  readonly ticket: Ticket;
  /** Where it is now. */
  readonly from: "device" | "paper";
  readonly pending: boolean;
  readonly onMove: () => void;
};

/** Brings a ticket from another device, or from paper, to this one; asks first, since what is there dies of it. */
export function MoveTicket({ ticket, from, pending, onMove }: MoveTicketProps): ReactNode {
  const common = useTranslations("common.actions");
  const words = useWords()[from];
  const movesText = useMovesText();
  const [asking, { open, close }] = useDisclosure();
  return (
    <>
      {ticket.activation.movesLeft > 0 && (
        <div>
          <Button variant="outline" color="ink" loading={pending} onClick={open}>
            {words.move}
          </Button>
        </div>
      )}
      <Text size="sm" c="dimmed">
        {movesText(ticket)}
      </Text>
      <Modal
        opened={asking}
        onClose={close}
        title={words.title}
        closeButtonProps={{ "aria-label": common("close") }}
        centered
      >
        <Stack gap="md">
          <Text>{words.text}</Text>
          <Group gap="sm">
            <Button
              onClick={() => {
                close();
                onMove();
              }}
            >
              {words.confirm}
            </Button>
            <Button variant="subtle" color="ink" onClick={close}>
              {words.keep}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

type Words = { readonly [Name in "move" | "title" | "text" | "confirm" | "keep"]: string };

function useWords(): Record<MoveTicketProps["from"], Words> {
  const t = useTranslations("shop.ticket");
  const paper = useTranslations("shop.paper");
  return {
    device: {
      move: t("move"),
      title: t("moveTitle"),
      text: t("moveText"),
      confirm: t("moveConfirm"),
      keep: t("moveKeep"),
    },
    paper: {
      move: paper("toPhone"),
      title: paper("toPhoneTitle"),
      text: paper("toPhoneText"),
      confirm: paper("toPhoneConfirm"),
      keep: paper("toPhoneKeep"),
    },
  };
}
