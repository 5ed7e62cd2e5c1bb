import { Button, Group } from "@mantine/core";
import { LanguageSwitch, Page, useAccount, useSignOut } from "@tessera/ui";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Facts } from "../shared/Facts.tsx";
import { ButtonLink } from "../shared/links.tsx";
import { Private } from "../shared/Private.tsx";

/** Who is signed in. */
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
  const nav = useTranslations("shop.nav");
  const languages = useTranslations("common.languages");
  const locale = useLocale();
  const { displayName, email } = useAccount();
  const { signOut, pending } = useSignOut();
  return (
    <Page title={t("title")}>
      <Facts
        facts={[
          { name: t("name"), value: displayName },
          { name: t("email"), value: email },
          {
            name: t("language"),
            value: (
              <Group gap="sm">
                {languages(locale)}
                <LanguageSwitch />
              </Group>
            ),
          },
        ]}
      />
      <Group gap="sm">
        <ButtonLink to="/tickets">{nav("tickets")}</ButtonLink>
        <ButtonLink to="/orders" variant="outline" color="ink">
          {nav("orders")}
        </ButtonLink>
        <Button variant="subtle" color="ink" loading={pending} onClick={signOut}>
          {t("signOut")}
        </Button>
      </Group>
    </Page>
  );
}
