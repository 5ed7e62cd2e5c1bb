import { Button, Stack, Text, TextInput } from "@mantine/core";
import { passkeyName } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { deviceName } from "../account/factors/device-name.ts";
import { PasskeyAlert } from "../account/factors/PasskeyButton.tsx";
import { noteRecoveryCodeUsed } from "../account/factors/recovery-notes.ts";
import { usePasskeys } from "../account/factors/use-passkeys.ts";
import { useZodForm } from "../forms/use-zod-form.ts";
import { SettingButton } from "./SettingButton.tsx";
import { SettingDialog } from "./SettingDialog.tsx";
import { useSay } from "./SettingsSection.tsx";

/** One more passkey, on this device or on another that the browser reaches. */
export function AddPasskey({ refresh }: { readonly refresh: () => Promise<unknown> }): ReactNode {
  const t = useTranslations("security.passkeys");
  const say = useSay();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <SettingButton label={t("addLabel")} onClick={() => setAdding(true)}>
        {t("add")}
      </SettingButton>
      <SettingDialog opened={adding} onClose={() => setAdding(false)} title={t("addTitle")}>
        <AddForm
          onAdded={async (name) => {
            noteRecoveryCodeUsed(false);
            await refresh();
            setAdding(false);
            say(t("addedDone", { name }));
          }}
        />
      </SettingDialog>
    </>
  );
}

const nameForm = z.object({ name: passkeyName });

function AddForm({ onAdded }: { readonly onAdded: (name: string) => Promise<void> }): ReactNode {
  const t = useTranslations("security.passkeys");
  const passkeys = usePasskeys();
  const { form, onSubmit, pending, failure } = useZodForm(nameForm, {
    initialValues: { name: deviceName(navigator.userAgent) },
    submit: async ({ name }) => {
      await passkeys.add(name);
      await onAdded(name);
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <PasskeyAlert failure={failure} />
        <Text>{t("addText")}</Text>
        <TextInput
          {...form.getInputProps("name")}
          label={t("name")}
          maxLength={60}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <Button type="submit" loading={pending}>
          {t("addSubmit")}
        </Button>
      </Stack>
    </form>
  );
}
