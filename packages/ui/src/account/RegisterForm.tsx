import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { passwordMinLength, registerInput } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { PasswordField } from "../forms/PasswordField.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";
import { Pictogram } from "../pictograms/Pictogram.tsx";
import { useRefreshAuth } from "./use-auth.ts";

/** A visitor's new account; the second factor follows. */
export function RegisterForm(): ReactNode {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const locale = useLocale();
  const refreshAuth = useRefreshAuth();
  const register = useMutation(trpc.auth.accounts.register.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(registerInput.omit({ locale: true }), {
    initialValues: { email: "", password: "", displayName: "" },
    submit: async (values) => {
      await register.mutateAsync({ ...values, locale });
      await refreshAuth();
    },
    fieldOfError: {
      email_taken: "email",
      password_too_short: "password",
      password_too_long: "password",
      password_too_common: "password",
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        <TextInput
          {...form.getInputProps("displayName")}
          label={t("fields.displayName")}
          description={t("fields.displayNameHint")}
          autoComplete="name"
          required
          withAsterisk={false}
        />
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
        <div>
          <PasswordField
            {...form.getInputProps("password")}
            label={t("fields.newPassword")}
            description={t("fields.passwordHint")}
            autoComplete="new-password"
            required
            withAsterisk={false}
          />
          <PasswordLength count={form.values.password.length} />
        </div>
        <Button type="submit" loading={pending}>
          {t("register.submit")}
        </Button>
      </Stack>
    </form>
  );
}

/** Says how far the password has come. Not read out at every key: the hint and the error say the same. */
function PasswordLength({ count }: { readonly count: number }): ReactNode {
  const t = useTranslations("account.fields");
  const enough = count >= passwordMinLength;
  return (
    <Group gap={6} mt={6} c={enough ? "laurel" : "dimmed"} aria-hidden>
      {enough && <Pictogram name="ok" size={12} />}
      <Text size="sm" className="tabular">
        {enough ? t("passwordLongEnough") : t("passwordLength", { count })}
      </Text>
    </Group>
  );
}
