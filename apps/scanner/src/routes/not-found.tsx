import { Page } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const t = useTranslations("common.states");
  const enrol = useTranslations("scanner.tablet.enrol");
  return (
    <Page title={t("notFoundTitle")} lead={t("notFoundText")} narrow>
      <div>
        <ButtonLink to="/">{enrol("toStart")}</ButtonLink>
      </div>
    </Page>
  );
}
