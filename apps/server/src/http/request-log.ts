import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { Logger } from "../log.ts";
import type { HttpEnvironment } from "./environment.ts";

export const requestIdHeader = "x-request-id";

/**
 * Gives each request an id of our own making, which its answer and every log line about it carry, and writes one line
 * when it is answered. The path goes without its query, which may hold what people typed.
 */
export function requestLog(log: Logger) {
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    await next();
    c.header(requestIdHeader, requestId);
    logRequest(log, { requestId, method: c.req.method, path: c.req.path, status: c.res.status, startedAt });
  });
}

/** Writes the line about a request that is answered. */
export function logRequest(
  log: Logger,
  {
    startedAt,
    ...request
  }: { requestId: string; method: string | undefined; path: string; status: number; startedAt: number },
): void {
  const line = { ...request, ms: Math.round((performance.now() - startedAt) * 10) / 10 };
  if (isQuiet(request.path)) log.debug(line, "request");
  else log.info(line, "request");
}

/** Probes and files come by the hundred and say nothing. */
function isQuiet(path: string): boolean {
  return path === "/healthz" || path === "/readyz" || path.includes("/assets/");
}
