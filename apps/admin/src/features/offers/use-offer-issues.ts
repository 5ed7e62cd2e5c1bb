import { useTranslations } from "use-intl";

/** The words for what only the schema of the offer form finds wrong. */
export function useOfferIssues(): Record<string, string> {
  const t = useTranslations("admin.offerForm.issues");
  return {
    price_unreadable: t("priceUnreadable"),
    name_in_both: t("nameInBoth"),
    package_without_name: t("packageWithoutName"),
    sales_window_reversed: t("windowReversed"),
  };
}
