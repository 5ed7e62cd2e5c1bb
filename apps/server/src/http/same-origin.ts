import { createMiddleware } from "hono/factory";
import { answerError } from "./answer-error.ts";
import type { HttpEnvironment } from "./environment.ts";
import type { Origins } from "./hosts.ts";
import { factsOf, type RequestFacts } from "./request-facts.ts";

/**
 * Whether a request comes from a page of the very app that it was sent to: our own other apps are other sites too, since
 * a fault in one must not ride on another's auth session. Browsers say where a request comes from (Fetch Metadata);
 * without that word from a browser (an old one, or a program that is none) its Origin must be ours.
 *
 * @param origins ours as visitors see them, when a proxy before us changes the Host
 */
export function isSameOrigin({ header, host, audiences }: RequestFacts, origins: Origins | undefined): boolean {
  const site = header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = header("origin");
  if (origin === undefined) return true;
  if (origins !== undefined) return audiences.some((audience) => origins[audience] === origin);
  return URL.canParse(origin) && new URL(origin).host === host;
}

/**
 * Refuses what another site's page would have us do, and every call of the API from there, reading or writing.
 * Providers' webhooks prove themselves by signature and come before this.
 *
 * @param options.origins ours as visitors see them, when a proxy before us changes the Host
 * @param options.endpoint the path of the API
 */
export function sameOriginOnly(options: { origins: Origins | undefined; endpoint: string }) {
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    const reads = c.req.method === "GET" || c.req.method === "HEAD";
    const isApi = c.req.path.startsWith(`${options.endpoint}/`);
    if ((reads && !isApi) || isSameOrigin(factsOf(c), options.origins)) return next();
    return answerError(c, 403, "forbidden");
  });
}
