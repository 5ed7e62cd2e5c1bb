import { Page } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const t = useTranslations("common.states");
  const admin = useTranslations("admin.notFound");
  return (
    <Page title={t("notFoundTitle")} lead={t("notFoundText")}>
      <div>
        <ButtonLink to="/">{admin("toOverview")}</ButtonLink>
      </div>
    </Page>
  );
}
