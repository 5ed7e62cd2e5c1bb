import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { recoveryCodeInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";
import { useRefreshAuth } from "./use-auth.ts";

/** The second factor of somebody whose phone is lost. */
export function RecoveryCodeForm(): ReactNode {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const verify = useMutation(trpc.auth.accounts.verifyRecoveryCode.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(recoveryCodeInput, {
    initialValues: { code: "" },
    submit: async (values) => {
      await verify.mutateAsync(values);
      await refreshAuth();
    },
    fieldOfError: { wrong_code: "code", code_already_used: "code" },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <TextInput
          {...form.getInputProps("code")}
          label={t("fields.recoveryCode")}
          description={t("fields.recoveryCodeHint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={pending}>
          {t("verify.recoverySubmit")}
        </Button>
      </Stack>
    </form>
  );
}
