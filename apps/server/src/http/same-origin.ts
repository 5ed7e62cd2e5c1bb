import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { answerError } from "./answer-error.ts";
import type { HttpEnvironment } from "./environment.ts";

/**
 * Refuses what another site's page would have us do. Browsers say where a request comes from; without that word from a
 * browser (an old one, or a program that is none) its Origin must be ours. Providers' webhooks prove themselves by
 * signature and come before this.
 *
 * @param options.publicOrigin ours as visitors see it, when a proxy before us changes the Host
 */
export function sameOriginOnly(options: { publicOrigin: string | undefined }) {
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD" || isOurs(c, options.publicOrigin)) return next();
    return answerError(c, 403, "forbidden");
  });
}

function isOurs(c: Context<HttpEnvironment>, publicOrigin: string | undefined): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  if (origin === undefined || origin === publicOrigin) return true;
  return URL.canParse(origin) && new URL(origin).host === c.req.header("host");
}
