import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextAnchor } from "../../layout/anchors.tsx";
import { Pictogram } from "../../pictograms/Pictogram.tsx";
import { noteRecoveryCodeUsed } from "./recovery-notes.ts";

/** After a recovery code: the way to what makes the next one unnecessary. */
export function RecoveryNotice(): ReactNode {
  const t = useTranslations("account.recovery");
  const common = useTranslations("common.actions");
  return (
    <Alert
      role="status"
      color="sky"
      mb="md"
      icon={<Pictogram name="phone" size={18} />}
      withCloseButton
      closeButtonLabel={common("close")}
      onClose={() => noteRecoveryCodeUsed(false)}
    >
      {t("lostPhone")} <TextAnchor href={`${import.meta.env.BASE_URL}account#sign-in`}>{t("newApp")}</TextAnchor>
    </Alert>
  );
}
