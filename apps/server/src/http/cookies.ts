import { type Audience, audienceHeader, audiences } from "@tessera/contracts";
import { parse, serialize } from "hono/utils/cookie";
import type { HeaderOf } from "./request-facts.ts";

/** The app that asks, from its header. The shop needs none: a plain link, such as a calendar file's, is the shop's. */
export function audienceOf(header: HeaderOf): Audience {
  const name = header(audienceHeader);
  return audiences.find((audience) => audience === name) ?? "shop";
}

/** One cookie for each audience. Under TLS its name binds it to this very host (RFC 6265bis, `__Host-`). */
function cookieName(audience: Audience, secure: boolean): string {
  return `${secure ? "__Host-" : ""}tessera_${audience}`;
}

export function readAuthToken(header: HeaderOf, audience: Audience, secure: boolean): string | undefined {
  const name = cookieName(audience, secure);
  return parse(header("cookie") ?? "", name)[name];
}

/** The `Set-Cookie` that signs an app in, or out with null. It counts in seconds: browsers' clocks are often wrong. */
export function authCookie(
  authSession: { token: string; expiresAt: Date } | null,
  { audience, secure, now }: { audience: Audience; secure: boolean; now: Date },
): string {
  const token = authSession?.token ?? "";
  const maxAge = authSession === null ? 0 : Math.max(0, (authSession.expiresAt.getTime() - now.getTime()) / 1000);
  const name = cookieName(audience, secure);
  return serialize(name, token, { path: "/", httpOnly: true, sameSite: "Lax", secure, maxAge });
}
