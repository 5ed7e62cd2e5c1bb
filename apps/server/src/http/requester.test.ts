import { proofHeader } from "@tessera/contracts";
import type { Requester } from "@tessera/core";
import { Hono } from "hono";
import { expect, it } from "vitest";
import type { HttpEnvironment } from "./environment.ts";
import { factsOf } from "./request-facts.ts";
import { requesterOf } from "./requester.ts";

const proxy = "10.0.0.1";

/** What is made of a request that came from `proxy` with these headers. */
async function requesterWith(headers: Record<string, string>, trustedProxies: number): Promise<Requester> {
  const app = new Hono<HttpEnvironment>();
  let requester: Requester | undefined;
  app.get("/", (c) => {
    c.set("audiences", ["shop"]);
    requester = requesterOf(factsOf(c), { secure: true, origins: undefined, trustedProxies });
    return c.body(null, 204);
  });
  await app.request("https://tickets.test/", { headers }, { incoming: { socket: { remoteAddress: proxy } } });
  if (requester === undefined) throw new Error("nothing was asked");
  return requester;
}

it.each([
  ["nothing, since no proxy is trusted", 0, "198.51.100.1", proxy],
  ["what one proxy appended", 1, "203.0.113.9, 198.51.100.1", "198.51.100.1"],
  ["what the outer of two proxies appended", 2, "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
  ["the only address when a proxy was passed by", 2, "198.51.100.1", "198.51.100.1"],
  ["an address of IPv6", 1, "2001:db8::7", "2001:db8::7"],
  ["an address with a port", 1, "198.51.100.1:49152", "198.51.100.1"],
  ["an address of IPv6 with a port", 1, "[2001:db8::7]:49152", "2001:db8::7"],
  ["no words", 1, "198.51.100.1, unknown", proxy],
  ["no empty word", 1, "198.51.100.1,", proxy],
])("takes from X-Forwarded-For %s", async (_, trustedProxies, forwardedFor, address) => {
  const requester = await requesterWith({ "x-forwarded-for": forwardedFor }, trustedProxies);
  expect(requester.address).toBe(address);
});

it("takes the connection's own address where no header is", async () => {
  expect((await requesterWith({}, 1)).address).toBe(proxy);
});

it("has the proof that came along, and as much of the browser's name as is read", async () => {
  const requester = await requesterWith({ [proofHeader]: "cHJvb2Y=", "user-agent": "x".repeat(600) }, 0);
  expect(requester).toMatchObject({ proof: "cHJvb2Y=", userAgent: "x".repeat(500), origin: "https://tickets.test" });
});
