import { Page, SecuritySettings } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** One's own account. */
export function AccountPage(): ReactNode {
  const t = useTranslations("security");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <SecuritySettings />
    </Page>
  );
}
