import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { useCodesNotKept } from "../account/factors/recovery-notes.ts";
import { RecoveryCodes } from "../account/factors/RecoveryCodes.tsx";
import { useTRPC } from "../app/trpc.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { SettingButton } from "./SettingButton.tsx";
import { SettingDialog } from "./SettingDialog.tsx";
import { SettingRow, useSay } from "./SettingsSection.tsx";

const few = 3;

type RecoveryCodesSettingProps = {
  readonly left: number;
  /** Looks again what there is. */
  readonly refresh: () => Promise<unknown>;
};

/** How many recovery codes are left, and ten new ones. */
export function RecoveryCodesSetting({ left, refresh }: RecoveryCodesSettingProps): ReactNode {
  const t = useTranslations("security.recoveryCodes");
  const { id, email } = useAccount();
  const notKept = useCodesNotKept(id);
  const say = useSay();
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const replace = useMutation(trpc.auth.factors.replaceRecoveryCodes.mutationOptions());
  return (
    <SettingRow
      name={t("title")}
      value={
        <>
          <span className="tabular">{t("left", { count: left })}</span>
          {notKept && codes === null && <Text c="terracotta">{t("notKept")}</Text>}
          {left <= few && <Text c="terracotta">{t(left === 0 ? "gone" : "few")}</Text>}
        </>
      }
      action={
        <SettingButton label={t("replaceLabel")} onClick={() => setAsking(true)}>
          {t("replace")}
        </SettingButton>
      }
    >
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("replaceTitle")}
        confirm={t("replaceSubmit")}
        onConfirm={async () => {
          const { recoveryCodes } = await replace.mutateAsync();
          setCodes(recoveryCodes);
          await refresh();
        }}
      >
        {t("replaceText")}
      </ConfirmDialog>
      <SettingDialog opened={codes !== null} onClose={null} title={t("newTitle")}>
        {codes !== null && (
          <RecoveryCodes
            codes={codes}
            accountId={id}
            email={email}
            onKept={() => {
              setCodes(null);
              say(t("replaced"));
            }}
          />
        )}
      </SettingDialog>
    </SettingRow>
  );
}
