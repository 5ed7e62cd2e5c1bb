import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FactorsView } from "@tessera/contracts";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { noteRecoveryCodeUsed } from "../account/factors/recovery-notes.ts";
import { TotpEnrolment } from "../account/factors/TotpEnrolment.tsx";
import { useTRPC } from "../app/trpc.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { SettingButton } from "./SettingButton.tsx";
import { SettingDialog } from "./SettingDialog.tsx";
import { SettingRow, useSay } from "./SettingsSection.tsx";
import { useMoment } from "./use-moment.ts";

type TotpSettingProps = {
  readonly totp: FactorsView["totp"];
  /** Without it nobody could sign in any more. */
  readonly isOnlyFactor: boolean;
  /** Looks again what there is. */
  readonly refresh: () => Promise<unknown>;
};

/** The authenticator app: adds one where there is none, puts another in its place, removes it where there is another way in. */
export function TotpSetting({ totp, isOnlyFactor, refresh }: TotpSettingProps): ReactNode {
  const t = useTranslations("security");
  const moment = useMoment();
  const say = useSay();
  const trpc = useTRPC();
  const [asking, setAsking] = useState<"remove" | "enrol" | null>(null);
  const remove = useMutation(trpc.auth.factors.removeTotp.mutationOptions());
  const close = (): void => setAsking(null);

  if (totp === null) {
    return (
      <SettingRow
        name={t("totp.title")}
        value={t("totp.none")}
        action={
          <SettingButton label={t("totp.addLabel")} onClick={() => setAsking("enrol")}>
            {t("totp.add")}
          </SettingButton>
        }
      >
        <SettingDialog opened={asking === "enrol"} onClose={close} title={t("totp.addTitle")}>
          <TotpEnrolment
            focused
            onEnrolled={async () => {
              noteRecoveryCodeUsed(false);
              await refresh();
              close();
              say(t("totp.added"));
            }}
          />
        </SettingDialog>
      </SettingRow>
    );
  }
  return (
    <SettingRow
      name={t("totp.title")}
      value={
        <>
          {t("signIn.since", { date: moment(totp.confirmedAt, "date") })}
          {isOnlyFactor && <br />}
          {isOnlyFactor && t("onlyFactor")}
        </>
      }
      action={
        <>
          <SettingButton label={t("totp.replaceLabel")} onClick={() => setAsking("enrol")}>
            {t("totp.replace")}
          </SettingButton>
          {!isOnlyFactor && (
            <SettingButton label={t("totp.removeLabel")} danger onClick={() => setAsking("remove")}>
              {t("totp.remove")}
            </SettingButton>
          )}
        </>
      }
    >
      <SettingDialog opened={asking === "enrol"} onClose={close} title={t("totp.replaceTitle")}>
        <Text>{t("totp.replaceText")}</Text>
        <TotpEnrolment
          focused
          onEnrolled={async () => {
            noteRecoveryCodeUsed(false);
            await refresh();
            close();
            say(t("totp.replaced"));
          }}
        />
      </SettingDialog>
      <ConfirmDialog
        opened={asking === "remove"}
        onClose={close}
        title={t("totp.removeTitle")}
        confirm={t("totp.removeSubmit")}
        danger
        onConfirm={async () => {
          await remove.mutateAsync();
          await refresh();
          say(t("totp.removed"));
        }}
      >
        {t("totp.removeText")}
      </ConfirmDialog>
    </SettingRow>
  );
}
