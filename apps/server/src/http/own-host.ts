import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "./environment.ts";

const thisMachine: readonly string[] = ["localhost", "127.0.0.1", "::1"];
const misdirected = 421;

/**
 * Refuses a request that was sent to a name which is not ours. Somebody's domain can be made to resolve to this machine
 * (DNS rebinding), and to the browser our answers would then be that site's own.
 *
 * @param options.publicOrigin where visitors reach us; if it is given, nothing else is ours
 * @param options.ownHosts the names and addresses of this machine; asked for each time, since networks change
 */
export function ownHostOnly({
  publicOrigin,
  ownHosts,
}: {
  publicOrigin: string | undefined;
  ownHosts: () => readonly string[];
}) {
  const isOurs = (host: string): boolean =>
    publicOrigin === undefined
      ? thisMachine.includes(host) || ownHosts().some((own) => own.toLowerCase() === host)
      : host === hostOf(publicOrigin);
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    const host = hostOf(c.req.url);
    if (isOurs(host)) return next();
    return c.text(`This server does not answer for ${host}.\n`, misdirected);
  });
}

/** Without the port, which a proxy may change, and without the brackets of IPv6. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
