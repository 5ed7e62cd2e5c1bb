import { useMutation } from "@tanstack/react-query";
import { FormAlert, SettingButton, SettingRow, SettingsSection, useSay, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { saveFile } from "../../shared/save-file.ts";
import { DeleteAccountDialog } from "./DeleteAccountDialog.tsx";

/** What we keep about the visitor: to take away, or to have deleted. */
export function DataSection(): ReactNode {
  const t = useTranslations("shop.account");
  return (
    <SettingsSection title={t("dataTitle")} lead={t("dataLead")}>
      <Download />
      <Deletion />
    </SettingsSection>
  );
}

function Download(): ReactNode {
  const t = useTranslations("shop.account");
  const trpc = useTRPC();
  const say = useSay();
  const download = useMutation(
    trpc.auth.personalData.download.mutationOptions({
      onSuccess: (data) => {
        saveFile(JSON.stringify(data, null, 2), "application/json", t("downloadFile"));
        say(t("downloaded"));
      },
    }),
  );
  return (
    <SettingRow
      name={t("download")}
      value={t("downloadText")}
      action={
        <SettingButton label={t("download")} loading={download.isPending} onClick={() => download.mutate()}>
          {t("downloadAction")}
        </SettingButton>
      }
    >
      {download.isError && <FormAlert failure={download.error} />}
    </SettingRow>
  );
}

function Deletion(): ReactNode {
  const t = useTranslations("shop.account");
  const [asking, setAsking] = useState(false);
  return (
    <SettingRow
      name={t("delete")}
      value={t("deleteText")}
      action={
        <SettingButton label={t("delete")} danger onClick={() => setAsking(true)}>
          {t("deleteAction")}
        </SettingButton>
      }
    >
      <DeleteAccountDialog opened={asking} onClose={() => setAsking(false)} />
    </SettingRow>
  );
}
