import { Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../app/trpc.ts";
import { TotpForm } from "../forms/TotpForm.tsx";
import { useRefreshAuth } from "./use-auth.ts";

type StepUpDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** It is them: do again what was answered with `step_up_required`. */
  readonly onConfirmed: () => void;
};

/** Asks for a new code before something that costs or grants. */
export function StepUpDialog({ opened, onClose, onConfirmed }: StepUpDialogProps): ReactNode {
  const t = useTranslations("account.stepUp");
  const common = useTranslations("common.actions");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const stepUp = useMutation(trpc.auth.factors.verifyTotp.mutationOptions());
  return (
    <Modal opened={opened} onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <Stack gap="md">
        <Text>{t("text")}</Text>
        <TotpForm
          focused
          submitLabel={t("submit")}
          submit={async (code) => {
            await stepUp.mutateAsync({ code });
            await refreshAuth();
            onConfirmed();
          }}
        />
      </Stack>
    </Modal>
  );
}
