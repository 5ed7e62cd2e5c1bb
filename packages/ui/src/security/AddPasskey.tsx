import { Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { deviceName } from "../account/factors/device-name.ts";
import { noteRecoveryCodeUsed } from "../account/factors/recovery-notes.ts";
import { usePasskeys } from "../account/factors/use-passkeys.ts";
import { PasskeyNameForm } from "./PasskeyNameForm.tsx";
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

function AddForm({ onAdded }: { readonly onAdded: (name: string) => Promise<void> }): ReactNode {
  const t = useTranslations("security.passkeys");
  const passkeys = usePasskeys();
  return (
    <PasskeyNameForm
      initialName={deviceName(navigator.userAgent)}
      submitLabel={t("addSubmit")}
      submit={async (name) => {
        await passkeys.add(name);
        await onAdded(name);
      }}
    >
      <Text>{t("addText")}</Text>
    </PasskeyNameForm>
  );
}
