import type { ApiErrorData, ErrorCode } from "@tessera/contracts";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { HttpEnvironment } from "./environment.ts";

/** JSON-RPC's "server error", under which tRPC files what has no number of its own. */
const jsonRpcCode = -32_000;

/** A refusal from before or beside tRPC, in the shape of tRPC's own, so that the clients read one kind of error. */
export function answerError(c: Context<HttpEnvironment>, status: ContentfulStatusCode, errorCode: ErrorCode): Response {
  const data: ApiErrorData = { errorCode, details: {}, requestId: c.get("requestId"), fields: [] };
  return c.json({ error: { code: jsonRpcCode, message: errorCode, data: { ...data, httpStatus: status } } }, status);
}
