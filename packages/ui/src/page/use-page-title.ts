import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useAppName } from "../app/app-name.ts";

/** Names the tab after the page and the app. */
export function usePageTitle(title: string): void {
  const app = useAppName();
  const t = useTranslations(app);
  useEffect(() => {
    document.title = t("pageTitle", { page: title });
  }, [t, title]);
}
