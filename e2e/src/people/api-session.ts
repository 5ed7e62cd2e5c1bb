import { createClient } from "@tessera/client";
import type { Audience } from "@tessera/contracts";
import type { Cookie } from "./person.ts";

type Client = ReturnType<typeof createClient>;

/** The API as one browser sees it: a typed client, and the cookies that it was given. */
export function openApiSession(
  origin: string,
  audience: Audience,
  cookies: readonly Cookie[] = [],
): { readonly client: Client; readonly cookies: () => Cookie[] } {
  const jar = new Map(cookies.map((cookie) => [cookie.name, cookie]));
  const client = createClient({
    audience,
    url: `${origin}/trpc`,
    fetch: async (input, { signal, ...init } = {}) => {
      const headers = new Headers(init.headers);
      headers.set("cookie", [...jar.values()].map(({ name, value }) => `${name}=${value}`).join("; "));
      const response = await fetch(input, { ...init, headers, signal: signal ?? null });
      for (const text of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
        jar.set(name, { name, value, url: origin });
      }
      return response;
    },
  });
  return { client, cookies: () => [...jar.values()] };
}
