import { useFormats } from "@tessera/ui";
import { useTranslations } from "use-intl";
import { fillPercent } from "./fill.ts";

/** Says how full something is: a first ticket in a stadium is little, but not nothing. */
export function useSayFill(): (taken: number, capacity: number) => string {
  const t = useTranslations("admin.fill");
  const { number } = useFormats();
  return (taken, capacity) => {
    const percent = fillPercent(taken, capacity);
    return taken > 0 && percent === 0
      ? t("lessThan", { percent: number(0.1) })
      : t("percent", { percent: number(percent) });
  };
}
