import type { Gate } from "@tessera/contracts";
import { useTranslations } from "use-intl";

/** Says a gate: by its own name, or “Gate B” for one that is only called by its code. */
export function useGateName(): (gate: Pick<Gate, "code" | "name">) => string {
  const t = useTranslations("scanner");
  return ({ code, name }) => (name === code ? t("gateName", { code }) : name);
}
