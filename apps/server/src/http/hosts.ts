import { type Audience, audiences } from "@tessera/contracts";
import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "./environment.ts";
import { appOf, appPaths } from "./static-apps.ts";

/** Where the browser finds each app. In production each has a host of its own; elsewhere all three may share one. */
export type Origins = Record<Audience, string>;

const thisMachine: readonly string[] = ["localhost", "127.0.0.1", "::1"];
const misdirected = 421;

export type HostSettings = {
  /** Where the apps are reached; if they are given, no other name is ours. */
  origins: Origins | undefined;
  /** The names and addresses of this machine; asked for each time, since networks change. */
  ownHosts: () => readonly string[];
};

/** Says which apps a host name is for, as `new URL` gives it: none if it is not ours. */
export function audiencesByHost({ origins, ownHosts }: HostSettings): (hostname: string) => readonly Audience[] {
  if (origins === undefined) {
    return (hostname) => {
      const host = plain(hostname);
      const isThisMachine = thisMachine.includes(host) || ownHosts().some((own) => own.toLowerCase() === host);
      return isThisMachine ? audiences : [];
    };
  }
  const hosts = audiences.map((audience) => ({ audience, host: plain(new URL(origins[audience]).hostname) }));
  return (hostname) => hosts.filter(({ host }) => host === plain(hostname)).map(({ audience }) => audience);
}

/**
 * Refuses a request that was sent to a name which is not ours, and notes which apps the name is for. Somebody's domain
 * can be made to resolve to this machine (DNS rebinding), and to the browser our answers would then be that site's own.
 */
export function ownHostOnly(settings: HostSettings) {
  const audiencesOf = audiencesByHost(settings);
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    const { hostname } = new URL(c.req.url);
    const served = audiencesOf(hostname);
    if (served.length === 0) return c.text(`This server does not answer for ${plain(hostname)}.\n`, misdirected);
    c.set("audiences", served);
    return next();
  });
}

/** For what belongs to one app: at another app's name it is not there. */
export function onlyAt(audience: Audience) {
  return createMiddleware<HttpEnvironment>(async (c, next) => {
    if (c.get("audiences").includes(audience)) return next();
    return c.text("Not found\n", 404);
  });
}

/** At the name of one app the pages of the others are not there, and the bare name leads to its own. */
export const ownAppOnly = createMiddleware<HttpEnvironment>(async (c, next) => {
  const served = c.get("audiences");
  const wanted = appOf(appPaths, c.req.path);
  if (wanted !== undefined && served.includes(wanted.audience)) return next();
  const [own] = appPaths.filter(({ audience }) => served.includes(audience));
  return c.req.path === "/" && own !== undefined ? c.redirect(own.basePath) : c.text("Not found\n", 404);
});

/** Without the brackets of IPv6, and without the dot of a name that is told in full. */
function plain(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
