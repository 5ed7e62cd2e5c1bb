import { useTranslations } from "use-intl";
import { ageOf } from "./age.ts";

/** Says how long ago a moment was: “3 min ago”. */
export function useSayAgo(): (at: string, now: number) => string {
  const t = useTranslations("admin.gate");
  return (at, now) => t("ago", ageOf(now - Date.parse(at)));
}
