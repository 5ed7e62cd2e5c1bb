import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { signInInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../app/trpc.ts";
import { EmailField } from "../../forms/EmailField.tsx";
import { FormAlert } from "../../forms/FormAlert.tsx";
import { PasswordField } from "../../forms/PasswordField.tsx";
import { useZodForm } from "../../forms/use-zod-form.ts";
import { PasskeyButton } from "../factors/PasskeyButton.tsx";
import { passkeysWork } from "../factors/passkeys.ts";
import { usePasskeys } from "../factors/use-passkeys.ts";
import { useRefreshAuth } from "../use-auth.ts";
import classes from "./SignInForm.module.css";

type SignInFormProps = {
  readonly email: string;
  /** What was typed, for the form that may come next. */
  readonly onEmail: (email: string) => void;
};

/** The first factor by password, or both at once by a passkey. */
export function SignInForm({ email, onEmail }: SignInFormProps): ReactNode {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const passkeys = usePasskeys();
  const signIn = useMutation(trpc.auth.accounts.signIn.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(signInInput, {
    initialValues: { email, password: "" },
    submit: async (values) => {
      await signIn.mutateAsync(values);
      await refreshAuth();
    },
  });
  return (
    <>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <FormAlert failure={failure} />
          <EmailField
            {...form.getInputProps("email")}
            autoComplete="username"
            onBlur={() => onEmail(form.values.email)}
          />
          <PasswordField
            {...form.getInputProps("password")}
            label={t("fields.password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          <Button type="submit" loading={pending}>
            {t("signIn.submit")}
          </Button>
        </Stack>
      </form>
      {passkeysWork() && (
        <>
          <span className={classes.or}>{t("signIn.or")}</span>
          <PasskeyButton
            onPress={async () => {
              await passkeys.signIn();
              await refreshAuth();
            }}
          >
            {t("signIn.passkey")}
          </PasskeyButton>
        </>
      )}
    </>
  );
}
