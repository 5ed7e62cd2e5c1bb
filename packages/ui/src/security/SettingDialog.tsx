import { Modal, Stack } from "@mantine/core";
import { useIsMutating } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

type SettingDialogProps = {
  readonly opened: boolean;
  /** Null: it holds what is shown only once, and says itself when it may go. */
  readonly onClose: (() => void) | null;
  readonly title: string;
  /** Made anew at each opening. */
  readonly children: ReactNode;
};

/** One step, or a few, about one fact of the account. */
export function SettingDialog({ opened, onClose, title, children }: SettingDialogProps): ReactNode {
  const t = useTranslations("common.actions");
  // What is under way is not stopped by leaving: it can be left when that is over.
  const busy = useIsMutating() > 0;
  const held = busy || onClose === null;
  return (
    <Modal
      opened={opened}
      onClose={() => onClose?.()}
      title={title}
      closeOnEscape={!held}
      closeOnClickOutside={false}
      withCloseButton={onClose !== null}
      closeButtonProps={{ "aria-label": t("close"), disabled: held }}
      // Names stand in it, and need not have spaces.
      styles={{ title: { minWidth: 0, overflowWrap: "anywhere" } }}
      centered
    >
      <Stack gap="md">{children}</Stack>
    </Modal>
  );
}
