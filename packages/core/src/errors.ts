import type { ErrorCode, ErrorDetails } from "@tessera/contracts";

/**
 * A refusal that the visitor may know about. `code` is one of the closed union of contracts; `details` go to the client
 * with it and hold no secret. Anything else that is thrown is a fault, and its message never leaves the server.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = "CodedError";
    this.code = code;
    this.details = details;
  }
}
