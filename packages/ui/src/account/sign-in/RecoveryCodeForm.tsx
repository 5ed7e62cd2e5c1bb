import { useMutation } from "@tanstack/react-query";
import { recoveryCodeInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { CodeForm } from "../../forms/CodeForm.tsx";
import { noteRecoveryCodeUsed } from "../factors/recovery-notes.ts";

type RecoveryCodeFormProps = { readonly focused: boolean; readonly onVerified: () => Promise<unknown> };

/** The second factor of somebody whose phone is lost. */
export function RecoveryCodeForm({ focused, onVerified }: RecoveryCodeFormProps): ReactNode {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const verify = useMutation(trpc.auth.factors.verifyRecoveryCode.mutationOptions());
  return (
    <CodeForm
      schema={recoveryCodeInput}
      submitLabel={t("verify.recoverySubmit")}
      submit={async (code) => {
        await verify.mutateAsync({ code });
        noteRecoveryCodeUsed(true);
        await onVerified();
      }}
      wrongCode={t("verify.recoveryWrong")}
      field={{
        label: t("fields.recoveryCode"),
        description: t("fields.recoveryCodeHint"),
        autoComplete: "off",
        autoCapitalize: "none",
        "data-autofocus": focused || undefined,
        autoFocus: focused,
      }}
    />
  );
}
