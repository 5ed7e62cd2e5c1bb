import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { changePasswordInput } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { useTRPC } from "../app/trpc.ts";
import { FormAlert } from "../forms/FormAlert.tsx";
import { NewPasswordField } from "../forms/NewPasswordField.tsx";
import { PasswordField } from "../forms/PasswordField.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";
import { SettingButton } from "./SettingButton.tsx";
import { SettingDialog } from "./SettingDialog.tsx";
import { SettingRow, useSay } from "./SettingsSection.tsx";

type PasswordSettingProps = {
  readonly hasPassword: boolean;
  /** Looks again what there is. */
  readonly refresh: () => Promise<unknown>;
};

/** Changes the password, or chooses the first one of an account that has passkeys alone. */
export function PasswordSetting({ hasPassword, refresh }: PasswordSettingProps): ReactNode {
  const t = useTranslations("security.password");
  const say = useSay();
  const [changing, setChanging] = useState(false);
  return (
    <SettingRow
      name={t("title")}
      value={t(hasPassword ? "set" : "none")}
      action={
        <SettingButton label={t(hasPassword ? "changeLabel" : "chooseTitle")} onClick={() => setChanging(true)}>
          {t(hasPassword ? "change" : "choose")}
        </SettingButton>
      }
    >
      <SettingDialog
        opened={changing}
        onClose={() => setChanging(false)}
        title={t(hasPassword ? "changeTitle" : "chooseTitle")}
      >
        <PasswordForm
          hasPassword={hasPassword}
          onChanged={async () => {
            await refresh();
            setChanging(false);
            say(t(hasPassword ? "changed" : "chosen"));
          }}
        />
      </SettingDialog>
    </SettingRow>
  );
}

type PasswordFormProps = {
  readonly hasPassword: boolean;
  readonly onChanged: () => Promise<void>;
};

function PasswordForm({ hasPassword, onChanged }: PasswordFormProps): ReactNode {
  const t = useTranslations("security.password");
  const trpc = useTRPC();
  const { email, displayName } = useAccount();
  const change = useMutation(trpc.auth.passwords.change.mutationOptions());
  const { form, onSubmit, pending, failure } = useZodForm(changePasswordInput, {
    initialValues: { currentPassword: hasPassword ? "" : null, newPassword: "" },
    submit: async (passwords) => {
      await change.mutateAsync(passwords);
      await onChanged();
    },
    words: { wrong_credentials: t("wrongCurrent") },
    fieldOfError: {
      wrong_credentials: "currentPassword",
      password_too_short: "newPassword",
      password_too_long: "newPassword",
      password_too_common: "newPassword",
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormAlert failure={failure} />
        {/* For password managers: whose password this is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        {hasPassword && (
          <PasswordField
            {...form.getInputProps("currentPassword")}
            label={t("current")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
          />
        )}
        <NewPasswordField
          {...form.getInputProps("newPassword")}
          label={t("next")}
          known={[email, displayName]}
          data-autofocus={!hasPassword || undefined}
        />
        <Text size="sm">{t("othersEnd")}</Text>
        <Button type="submit" loading={pending}>
          {t(hasPassword ? "submitChange" : "submitChoose")}
        </Button>
      </Stack>
    </form>
  );
}
