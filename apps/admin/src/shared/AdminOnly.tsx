import { Button } from "@mantine/core";
import { Page, useAccount, useSignOut } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** For somebody whose role was taken away while signed in: the server answers nothing any more, so say why. */
export function AdminOnly({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useTranslations("admin.forbidden");
  const { role, email } = useAccount();
  const { signOut, pending } = useSignOut();
  if (role === "admin") return children;
  return (
    <Page title={t("title")} lead={t("text", { email })}>
      <div>
        <Button onClick={signOut} loading={pending}>
          {t("otherAccount")}
        </Button>
      </div>
    </Page>
  );
}
