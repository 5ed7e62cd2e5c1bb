import { Modal, Stack } from "@mantine/core";
import type { UsableFactors } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FactorForm } from "../sign-in/FactorForm.tsx";
import { useRefreshAuth } from "../use-auth.ts";

type StepUpDialogProps = {
  readonly opened: boolean;
  readonly factors: UsableFactors;
  readonly onAnswer: (confirmed: boolean) => void;
};

/** Asks for the second factor again before something that costs or grants. */
export function StepUpDialog({ opened, factors, onAnswer }: StepUpDialogProps): ReactNode {
  const t = useTranslations("account.stepUp");
  const common = useTranslations("common.actions");
  const refreshAuth = useRefreshAuth();
  return (
    <Modal
      opened={opened}
      onClose={() => onAnswer(false)}
      title={t("title")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": common("close") }}
      // Above the dialog whose button has led here.
      zIndex={300}
    >
      <Stack gap="md">
        <FactorForm
          factors={factors}
          text={t("text")}
          submitLabel={t("submit")}
          focused
          onVerified={async () => {
            onAnswer(true);
            await refreshAuth();
          }}
        />
      </Stack>
    </Modal>
  );
}
