import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAccount } from "../account/AccountGate.tsx";
import { EmailSetting } from "./EmailSetting.tsx";
import { LanguageSetting } from "./LanguageSetting.tsx";
import { SettingRow, SettingsSection } from "./SettingsSection.tsx";

/** Who one is. */
export function ProfileSection(): ReactNode {
  const t = useTranslations("security.profile");
  const roles = useTranslations("security.roles");
  const { displayName, role } = useAccount();
  return (
    <SettingsSection title={t("title")} lead={t("lead")}>
      <SettingRow name={t("name")} value={displayName} />
      {role !== "visitor" && <SettingRow name={t("role")} value={roles(role)} />}
      <EmailSetting />
      <LanguageSetting />
    </SettingsSection>
  );
}
