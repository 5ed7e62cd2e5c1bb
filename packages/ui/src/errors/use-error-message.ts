import { apiErrorOf } from "@tessera/client";
import { useTranslations } from "use-intl";

/** Turns whatever a request threw into the kind sentence of its error code, in the language of the page. */
export function useErrorMessage(): (error: unknown) => string {
  const t = useTranslations("errors");
  const account = useTranslations("account.gate");
  return (error) => {
    const { errorCode, details } = apiErrorOf(error);
    const seconds = Number(details["retryAfterSeconds"]);
    // "Wait a minute" would be a lie where it is half an hour.
    if (errorCode === "too_many_requests" && seconds > 60) {
      return account("waitMinutes", { minutes: Math.ceil(seconds / 60) });
    }
    return t(errorCode);
  };
}
