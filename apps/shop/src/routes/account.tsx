import { Button } from "@mantine/core";
import { Page, SecuritySettings, useSignOut } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { DataSection } from "../features/account/DataSection.tsx";
import { OffersNotice } from "../features/hand-over/OffersNotice.tsx";
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
  const { signOut, pending } = useSignOut();
  return (
    <Page
      title={t("title")}
      lead={security("lead")}
      action={
        <Button variant="outline" color="ink" loading={pending} onClick={signOut}>
          {t("signOut")}
        </Button>
      }
    >
      <OffersNotice />
      <SecuritySettings />
      <DataSection />
    </Page>
  );
}
