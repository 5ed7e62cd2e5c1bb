import { Button } from "@mantine/core";
import { useSignOut } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Screen } from "../../shared/Screen.tsx";
import { ScreenTitle } from "../../shared/ScreenTitle.tsx";

/** Somebody who was invited has signed in on a device that is no tablet: there is nothing more to do on it. */
export function ReadyAccount({ onEnrol }: { readonly onEnrol: () => void }): ReactNode {
  const t = useTranslations("scanner.tablet.visitor");
  const { signOut, pending } = useSignOut();
  return (
    <Screen>
      <ScreenTitle text={t("text")}>{t("title")}</ScreenTitle>
      <Button onClick={signOut} loading={pending}>
        {t("signOut")}
      </Button>
      <Button variant="subtle" color="ink" onClick={onEnrol}>
        {t("isTablet")}
      </Button>
    </Screen>
  );
}
