import { isIP } from "node:net";
import { proofHeader } from "@tessera/contracts";
import type { Requester } from "@tessera/core";
import type { Origins } from "./hosts.ts";
import type { RequestFacts } from "./request-facts.ts";

const longestUserAgent = 500;

type Settings = {
  secure: boolean;
  origins: Origins | undefined;
  /** How many proxies of ours a request comes through, each of which appends the address that it sees. */
  trustedProxies: number;
};

/** Where a request comes from. Its host was found to be ours before. */
export function requesterOf(
  { header, host, audiences: [audience], remoteAddress }: RequestFacts,
  { secure, origins, trustedProxies }: Settings,
): Requester {
  return {
    address: addressOf(header("x-forwarded-for"), trustedProxies) ?? remoteAddress,
    origin: (audience && origins?.[audience]) ?? `${secure ? "https" : "http"}://${host}`,
    userAgent: (header("user-agent") ?? "").slice(0, longestUserAgent),
    proof: header(proofHeader) ?? null,
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
