import { useMutation } from "@tanstack/react-query";
import { recoveryCodeInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../app/trpc.ts";
import { CodeForm } from "../forms/CodeForm.tsx";
import { useRefreshAuth } from "./use-auth.ts";

/** The second factor of somebody whose phone is lost. */
export function RecoveryCodeForm(): ReactNode {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const verify = useMutation(trpc.auth.factors.verifyRecoveryCode.mutationOptions());
  return (
    <CodeForm
      schema={recoveryCodeInput}
      submitLabel={t("verify.recoverySubmit")}
      submit={async (code) => {
        await verify.mutateAsync({ code });
        await refreshAuth();
      }}
      field={{
        label: t("fields.recoveryCode"),
        description: t("fields.recoveryCodeHint"),
        autoComplete: "off",
        autoCapitalize: "none",
      }}
    />
  );
}
