import { createClient } from "@tessera/client";
import type { Audience } from "@tessera/contracts";
import type { Cookie } from "./person.ts";

type Client = ReturnType<typeof createClient>;

/** The API as one browser sees it: a typed client, and the cookies that it was given. `wrap`: what it does to requests. */
export function openApiSession(
  origin: string,
  audience: Audience,
  cookies: readonly Cookie[] = [],
  wrap: (send: typeof fetch) => typeof fetch = (send) => send,
): { readonly client: Client; readonly cookies: () => Cookie[] } {
  const jar = new Map(cookies.map((cookie) => [cookie.name, cookie]));
  const send = wrap(async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar.values()].map(({ name, value }) => `${name}=${value}`).join("; "));
    const response = await fetch(input, { ...init, headers });
    for (const text of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      jar.set(name, { name, value, url: origin });
    }
    return response;
  });
  const client = createClient({
    audience,
    url: `${origin}/trpc`,
    fetch: (input, { signal, ...init } = {}) => send(input, { ...init, signal: signal ?? null }),
  });
  return { client, cookies: () => [...jar.values()] };
}
