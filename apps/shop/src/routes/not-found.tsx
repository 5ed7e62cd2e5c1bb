import { Page, Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const t = useTranslations("shop.notFound");
  const states = useTranslations("common.states");
  return (
    <Page title={states("notFoundTitle")} sign={<Pictogram name="place" size={48} />} lead={states("notFoundText")}>
      <div>
        <ButtonLink to="/">{t("toProgramme")}</ButtonLink>
      </div>
    </Page>
  );
}
