import { Stack, Text } from "@mantine/core";
import { ConfirmDialog } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

type EndShiftDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Nobody else works with this tablet. */
  readonly isLast: boolean;
  /** Records that only the tablet has. */
  readonly queued: number;
  readonly onEnd: () => Promise<unknown>;
};

/** What ending one's shift means for the tablet. */
export function EndShiftDialog({ opened, onClose, isLast, queued, onEnd }: EndShiftDialogProps): ReactNode {
  const t = useTranslations("scanner.tablet.home");
  return (
    <ConfirmDialog opened={opened} onClose={onClose} title={t("endTitle")} confirm={t("endConfirm")} onConfirm={onEnd}>
      <Stack gap="sm">
        <Text>{t("endText")}</Text>
        {isLast && <Text>{t("endLast")}</Text>}
        {queued > 0 && <Text fw={650}>{t("endQueued", { count: queued })}</Text>}
      </Stack>
    </ConfirmDialog>
  );
}
