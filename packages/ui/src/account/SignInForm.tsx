import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { signInInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { PasswordField } from "../forms/PasswordField.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";
import { useRefreshAuth } from "./use-auth.ts";

/** The first factor. */
export function SignInForm(): ReactNode {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const refreshAuth = useRefreshAuth();
  const signIn = useMutation(trpc.auth.accounts.signIn.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(signInInput, {
    initialValues: { email: "", password: "" },
    submit: async (values) => {
      await signIn.mutateAsync(values);
      await refreshAuth();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <TextInput
          {...form.getInputProps("email")}
          label={t("fields.email")}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
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
  );
}
