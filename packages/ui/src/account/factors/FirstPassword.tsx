import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { changePasswordInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { NewPasswordField } from "../../forms/NewPasswordField.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { StepTitle } from "../StepTitle.tsx";
import { useRefreshAuth } from "../use-auth.ts";

type FirstPasswordProps = {
  readonly email: string;
  readonly takesFocus: boolean;
  /** Before the auth state says so. */
  readonly onChosen: () => void;
};

/** A password for an account that was to have passkeys alone. */
export function FirstPassword({ email, takesFocus, onChosen }: FirstPasswordProps): ReactNode {
  const t = useTranslations("account.enrol");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const change = useMutation(trpc.auth.passwords.change.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(changePasswordInput.pick({ newPassword: true }), {
    initialValues: { newPassword: "" },
    submit: async ({ newPassword }) => {
      await change.mutateAsync({ currentPassword: null, newPassword });
      onChosen();
      await refreshAuth();
    },
    fieldOfError: {
      password_too_short: "newPassword",
      password_too_long: "newPassword",
      password_too_common: "newPassword",
    },
  });
  return (
    <>
      <StepTitle takesFocus={takesFocus} text={t("passwordText")}>
        {t("passwordTitle")}
      </StepTitle>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <NewPasswordField {...form.getInputProps("newPassword")} known={[email]} />
          <Button type="submit" loading={pending}>
            {t("passwordSubmit")}
          </Button>
        </Stack>
      </form>
    </>
  );
}
