import { isIP } from "node:net";
import { proofHeader } from "@tessera/contracts";
import type { Requester } from "@tessera/core";
import type { Context } from "hono";
import type { HttpEnvironment } from "./environment.ts";
import type { Origins } from "./hosts.ts";

const longestUserAgent = 500;

type Settings = {
  secure: boolean;
  origins: Origins | undefined;
  /** How many proxies of ours a request comes through, each of which appends the address that it sees. */
  trustedProxies: number;
};

/** Where a request comes from. Its host was found to be ours before. */
export function requesterOf(c: Context<HttpEnvironment>, { secure, origins, trustedProxies }: Settings): Requester {
  const { host } = new URL(c.req.url);
  const [audience] = c.get("audiences");
  return {
    address: addressOf(c.req.header("x-forwarded-for"), trustedProxies) ?? c.env.incoming.socket.remoteAddress ?? "",
    origin: (audience && origins?.[audience]) ?? `${secure ? "https" : "http"}://${host}`,
    userAgent: (c.req.header("user-agent") ?? "").slice(0, longestUserAgent),
    proof: c.req.header(proofHeader) ?? null,
  };
}

/**
 * The address that the outermost of our proxies saw: as many from the right as there are proxies. What stands left of it
 * is whatever the sender wrote. A request that came through fewer of them has its first address.
 */
function addressOf(forwardedFor: string | undefined, trustedProxies: number): string | undefined {
  if (trustedProxies === 0 || forwardedFor === undefined) return undefined;
  const [address = ""] = forwardedFor.split(",").slice(-trustedProxies);
  // Some proxies add the port.
  const plain = address.trim().replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$/, "$1$3");
  return isIP(plain) === 0 ? undefined : plain;
}
