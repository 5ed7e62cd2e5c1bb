import type { Gate } from "@tessera/contracts";
import { useTranslations } from "use-intl";

/** Names a gate: by its code, and by its own name where that says more. */
export function useGateName(): (gate: Pick<Gate, "code" | "name">) => string {
  const t = useTranslations("admin.gate");
  return ({ code, name }) => (name === code ? t("gate", { code }) : t("gateName", { code, name }));
}
