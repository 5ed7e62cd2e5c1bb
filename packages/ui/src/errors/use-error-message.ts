import { apiErrorOf } from "@tessera/client";
import { useTranslations } from "use-intl";

/** Turns whatever a request threw into the kind sentence of its error code, in the language of the page. */
export function useErrorMessage(): (error: unknown) => string {
  const t = useTranslations("errors");
  return (error) => t(apiErrorOf(error).errorCode);
}
