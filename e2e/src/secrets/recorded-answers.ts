import type { BrowserContext } from "playwright-core";
import { vi } from "vitest";
import type { Shown } from "./find-secrets.ts";

export type Answer = Shown & { readonly url: string; readonly cacheControl: string | null };

/** What never changes while the server runs was there before any secret of this run. */
const built = /\.(js|css|woff2?|svg|png|ico|webmanifest)$/;

/** From now on, every answer that this process or one of the watched browsers gets from the server. */
export function recordAnswers(origin: string): {
  readonly answers: readonly Answer[];
  readonly watch: (context: BrowserContext) => void;
  /** Resolves when the bodies of all that came so far are there; nothing more is recorded then. */
  readonly stop: () => Promise<void>;
} {
  const answers: Answer[] = [];
  const reading: Promise<void>[] = [];
  const isOurs = (url: string): boolean => url.startsWith(origin) && !built.test(new URL(url).pathname);
  const keep = (url: string, headers: Headers, body: Promise<Uint8Array>): void => {
    const read = async (): Promise<void> => {
      const head = [...headers].map(([name, value]) => `${name}: ${value}\n`).join("");
      const bytes = Buffer.concat([Buffer.from(head), await body]);
      answers.push({
        where: `answer of ${new URL(url).pathname}`,
        url,
        cacheControl: headers.get("cache-control"),
        bytes,
      });
    };
    reading.push(read());
  };
  const realFetch = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (...asked) => {
    const response = await realFetch(...asked);
    if (isOurs(response.url)) keep(response.url, response.headers, response.clone().bytes());
    return response;
  });
  return {
    answers,
    watch: (context) =>
      void context.on("response", (response) => {
        if (!isOurs(response.url())) return;
        // A redirection, or an answer to a page that is gone, has no body to read.
        const body = response.body().catch(() => Buffer.alloc(0));
        keep(response.url(), new Headers(response.headers()), body);
      }),
    stop: async () => {
      spy.mockRestore();
      await Promise.all(reading);
    },
  };
}
