import type { ErrorCode, ErrorDetails } from "@tessera/contracts";
import { isOutage } from "@tessera/db";

/**
 * A refusal that the visitor may know about. `code` is one of the closed union of contracts; `details` go to the client
 * with it and hold no secret. Anything else that is thrown is a fault, and its message never leaves the server.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    // On the day, a thousand are refused for each one who buys, and nobody asks where: writing down a stack takes longer
    // than refusing. What went wrong in us is another error, or the cause of this one, and has its own.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(code, options);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = "CodedError";
    this.code = code;
    this.details = details;
  }
}

/**
 * What a client may be told of an error: a coded one as it is; `unavailable`, with its cause, for a database that is away,
 * whatever was asked of it. Nothing for a fault of ours.
 */
export function codedErrorOf(error: unknown): CodedError | undefined {
  if (error instanceof CodedError) return error;
  return isOutage(error) ? new CodedError("unavailable", {}, { cause: error }) : undefined;
}
