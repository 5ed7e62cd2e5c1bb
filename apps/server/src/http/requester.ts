import { proofHeader } from "@tessera/contracts";
import type { Requester } from "@tessera/core";
import type { Context } from "hono";
import type { HttpEnvironment } from "./environment.ts";
import type { Origins } from "./hosts.ts";

const longestUserAgent = 500;

/** Where a request comes from. Its host was found to be ours before. */
export function requesterOf(
  c: Context<HttpEnvironment>,
  { secure, origins }: { secure: boolean; origins: Origins | undefined },
): Requester {
  const { host } = new URL(c.req.url);
  const [audience] = c.get("audiences");
  return {
    address: c.env.incoming.socket.remoteAddress ?? "",
    origin: (audience && origins?.[audience]) ?? `${secure ? "https" : "http"}://${host}`,
    userAgent: (c.req.header("user-agent") ?? "").slice(0, longestUserAgent),
    proof: c.req.header(proofHeader) ?? null,
  };
}
