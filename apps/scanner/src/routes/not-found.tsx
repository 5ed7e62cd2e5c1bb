import { NotFoundState } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../shared/links.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  const t = useTranslations();
  usePageTitle(t("common.states.notFoundTitle"));
  return <NotFoundState action={<ButtonLink to="/">{t("scanner.gates.change")}</ButtonLink>} />;
}
