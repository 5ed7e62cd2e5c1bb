import { useEffect } from "react";
import { useTranslations } from "use-intl";

/** Names the tab after the page. */
export function usePageTitle(title: string): void {
  const t = useTranslations("scanner");
  useEffect(() => {
    document.title = t("pageTitle", { page: title });
  }, [t, title]);
}
