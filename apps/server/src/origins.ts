import type { Origins } from "./http/hosts.ts";

/** What the environment says of where browsers find the apps; each an origin, checked by itself. */
type Given = {
  TESSERA_ORIGIN?: string | undefined;
  TESSERA_ADMIN_ORIGIN?: string | undefined;
  TESSERA_SCANNER_ORIGIN?: string | undefined;
  TESSERA_PASSKEY_DOMAIN?: string | undefined;
};

/** Where each app is. Without one of its own an app is where the shop is. */
export function originsOf(given: Given): Origins | undefined {
  const { TESSERA_ORIGIN: shop } = given;
  if (shop === undefined) return undefined;
  return { shop, admin: given.TESSERA_ADMIN_ORIGIN ?? shop, scanner: given.TESSERA_SCANNER_ORIGIN ?? shop };
}

/**
 * The domain that passkeys are bound to (WebAuthn's RP id), so that one passkey signs its owner in to every app: the
 * shop's host, if the other two lie below it.
 */
export function passkeyDomainOf(given: Given): string | null {
  const origins = originsOf(given);
  return given.TESSERA_PASSKEY_DOMAIN ?? (origins === undefined ? null : hostOf(origins.shop));
}

/** In sentences, each with the variable that is wrong. */
export function originProblems(given: Given, { production }: { production: boolean }): string[] {
  const origins = originsOf(given);
  if (origins === undefined) return production ? missing(given, production) : withoutShop(given);
  const hosts = Object.values(origins).map(hostOf);
  const problems = [...missing(given, production), ...(production ? withoutTls(given) : [])];
  if (production && problems.length === 0 && new Set(hosts).size < hosts.length) {
    problems.push(
      "TESSERA_ADMIN_ORIGIN and TESSERA_SCANNER_ORIGIN need a host name of their own each, " +
        "so that a fault in one app reaches no other",
    );
  }
  const domain = passkeyDomainOf(given);
  if (domain !== null && !hosts.every((host) => host === domain || host.endsWith(`.${domain}`))) {
    problems.push(
      "TESSERA_PASSKEY_DOMAIN must be a domain that the hosts of all three apps are or lie below, " +
        "such as example.org for tickets.example.org and gate.example.org",
    );
  }
  return problems;
}

function missing(given: Given, production: boolean): string[] {
  if (!production) return [];
  const wanted = {
    TESSERA_ORIGIN: "where visitors reach the shop, such as https://tickets.example.org",
    TESSERA_ADMIN_ORIGIN: "where admins reach the dashboard, such as https://admin.tickets.example.org",
    TESSERA_SCANNER_ORIGIN: "where staff reach the scanner, such as https://gate.tickets.example.org",
  } as const;
  return Object.entries(wanted)
    .filter(([name]) => !Object.entries(given).some(([key, value]) => key === name && value !== undefined))
    .map(([name, what]) => `${name} is missing: ${what}`);
}

/** Without TLS a cookie is anybody's on the way. */
function withoutTls({ TESSERA_ORIGIN, TESSERA_ADMIN_ORIGIN, TESSERA_SCANNER_ORIGIN }: Given): string[] {
  return Object.entries({ TESSERA_ORIGIN, TESSERA_ADMIN_ORIGIN, TESSERA_SCANNER_ORIGIN }).flatMap(([name, value]) =>
    value?.startsWith("http:") === true ? [`${name} must begin with https: in production`] : [],
  );
}

function withoutShop({ TESSERA_ADMIN_ORIGIN: admin, TESSERA_SCANNER_ORIGIN: scanner }: Given): string[] {
  if (admin === undefined && scanner === undefined) return [];
  return ["TESSERA_ORIGIN is missing: the other two origins go with it"];
}

const hostOf = (origin: string): string => new URL(origin).hostname;
