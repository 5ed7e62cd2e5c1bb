import { proofHeader } from "@tessera/contracts";
import type { Requester } from "@tessera/core";
import type { Context } from "hono";
import type { HttpEnvironment } from "./environment.ts";

const longestUserAgent = 500;

/** Where a request comes from. Its host was found to be ours before. */
export function requesterOf(c: Context<HttpEnvironment>, { secure }: { secure: boolean }): Requester {
  const { host } = new URL(c.req.url);
  return {
    address: c.env.incoming.socket.remoteAddress ?? "",
    origin: `${secure ? "https" : "http"}://${host}`,
    userAgent: (c.req.header("user-agent") ?? "").slice(0, longestUserAgent),
    proof: c.req.header(proofHeader) ?? null,
  };
}
