import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ConfirmDialog, Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Screen } from "../../shared/Screen.tsx";
import { ScreenTitle } from "../../shared/ScreenTitle.tsx";

type RevokedScreenProps = {
  /** Records that only this tablet has. */
  readonly queued: number;
  /** Forgets everything, and begins again. */
  readonly onForget: () => Promise<unknown>;
};

/** The server no longer answers this tablet: what happened, what it still has, and what to do. */
export function RevokedScreen({ queued, onForget }: RevokedScreenProps): ReactNode {
  const t = useTranslations("scanner.tablet.revoked");
  const [asking, { open, close }] = useDisclosure();
  return (
    <Screen>
      <Pictogram name="no" size={72} />
      <ScreenTitle text={t("text")}>{t("title")}</ScreenTitle>
      <Text fw={queued > 0 ? 700 : 400}>{queued > 0 ? t("queued", { count: queued }) : t("nothingQueued")}</Text>
      <div>
        <Button variant="default" onClick={open}>
          {t("again")}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t("againTitle")}
        confirm={t("againConfirm")}
        danger
        onConfirm={onForget}
      >
        <Stack gap="sm">
          <Text>{t("againText")}</Text>
          {queued > 0 && <Text fw={700}>{t("againLoses", { count: queued })}</Text>}
        </Stack>
      </ConfirmDialog>
    </Screen>
  );
}
