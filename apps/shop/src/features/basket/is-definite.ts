import type { ErrorCode } from "@tessera/contracts";

const undecided: ReadonlySet<ErrorCode> = new Set([
  "unavailable",
  "internal",
  "request_under_way",
  "too_many_requests",
  "not_signed_in",
  "second_factor_required",
]);

/**
 * Whether a refusal says that the wish to reserve was looked at and denied. After anything else it may have been granted
 * with the answer lost, or never have arrived: then the next try must be the same wish, under the same key.
 */
export function isDefinite(errorCode: ErrorCode): boolean {
  return !undecided.has(errorCode);
}
