import { z } from "zod";
import { errorCodes } from "./error-codes.ts";

/** What may stand beside a code, for a better sentence: a limit, a moment, the field that is wrong. Never a secret. */
export const errorDetails = z.record(z.string(), z.union([z.string(), z.number()]));
export type ErrorDetails = z.infer<typeof errorDetails>;

/** The `data` of every error that leaves the API. */
export const apiErrorData = z.object({
  errorCode: z.enum(errorCodes),
  details: errorDetails,
  requestId: z.string(),
  /** For `invalid_input`: which fields, and the zod issue code of each. */
  fields: z.array(z.object({ path: z.string(), code: z.string() })),
});
export type ApiErrorData = z.infer<typeof apiErrorData>;
