import { apiErrorOf } from "@tessera/client";
import type { ErrorCode } from "@tessera/contracts";
import { useTranslations } from "use-intl";

/** Sentences of one place for refusals of which those of the error code say too little. */
export type ErrorWords = Partial<Record<ErrorCode, string>>;

/** Turns whatever a request threw into the kind sentence of its error code, in the language of the page. */
export function useErrorMessage(): (error: unknown, words?: ErrorWords) => string {
  const t = useTranslations("errors");
  const account = useTranslations("account");
  return (error, words = {}) => {
    const { errorCode, details } = apiErrorOf(error);
    const seconds = Number(details["retryAfterSeconds"]);
    // "Wait a minute" would be a lie where it is half an hour.
    if (errorCode === "too_many_requests" && seconds > 60) {
      return account("gate.waitMinutes", { minutes: Math.ceil(seconds / 60) });
    }
    const ahead = Number(details["clockAheadSeconds"]);
    if (errorCode === "wrong_code" && Number.isFinite(ahead)) {
      const minutes = Math.max(1, Math.round(Math.abs(ahead) / 60));
      return account(ahead > 0 ? "enrol.clockAhead" : "enrol.clockBehind", { minutes });
    }
    return words[errorCode] ?? t(errorCode, { taken: String(details["taken"] ?? 0) });
  };
}
