import { Page } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";

/** The last page of somebody who has gone. */
export function AccountDeletedPage(): ReactNode {
  const t = useTranslations("shop.accountDeleted");
  const notFound = useTranslations("shop.notFound");
  return (
    <Page title={t("title")} lead={t("text")}>
      <div>
        <ButtonLink to="/">{notFound("toProgramme")}</ButtonLink>
      </div>
    </Page>
  );
}
