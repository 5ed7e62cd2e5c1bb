import { type ApiErrorData, errorCodes } from "@tessera/contracts";
import { TRPCClientError } from "@trpc/client";

/**
 * What the server said went wrong: its coded error with details and request id. `unavailable` when no answer came
 * (no network, server away), `internal` when the answer was not one of ours.
 */
export function apiErrorOf(error: unknown): ApiErrorData {
  const none = { details: {}, requestId: "", fields: [] };
  if (!(error instanceof TRPCClientError)) return { errorCode: "internal", ...none };
  const data: unknown = error.data;
  if (isApiErrorData(data)) return data;
  return { errorCode: "unavailable", ...none };
}

function isApiErrorData(data: unknown): data is ApiErrorData {
  return (
    typeof data === "object" &&
    data !== null &&
    "errorCode" in data &&
    errorCodes.some((code) => code === data.errorCode)
  );
}
