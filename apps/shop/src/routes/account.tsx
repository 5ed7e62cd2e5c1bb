import { Button, Group } from "@mantine/core";
import { Page, SecuritySettings, useSignOut } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { DataSection } from "../features/account/DataSection.tsx";
import { ButtonLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";

/** One's own account: who one is, what opens it, where it is open, and what becomes of the data. */
export function AccountPage(): ReactNode {
  const t = useTranslations("shop.account");
  return (
    <Private title={t("title")}>
      <Account />
    </Private>
  );
}

function Account(): ReactNode {
  const t = useTranslations("shop.account");
  const security = useTranslations("security");
  const nav = useTranslations("shop.nav");
  const { signOut, pending } = useSignOut();
  return (
    <Page title={t("title")} lead={security("lead")}>
      <Group gap="sm">
        <ButtonLink to="/orders" variant="outline" color="ink">
          {nav("orders")}
        </ButtonLink>
        <Button variant="subtle" color="ink" loading={pending} onClick={signOut}>
          {t("signOut")}
        </Button>
      </Group>
      <SecuritySettings />
      <DataSection />
    </Page>
  );
}
