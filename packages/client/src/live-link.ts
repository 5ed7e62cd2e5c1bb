import type { AppRouter } from "@tessera/api";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";

/**
 * Live events as SSE, by a link that is loaded when somebody waits for the first one: most pages never do.
 *
 * @param url with what names the app, since `EventSource` sends no headers of ours
 */
export function liveLink(url: string): TRPCLink<AppRouter> {
  return (runtime) => (operation) =>
    observable((observer) => {
      let current: Unsubscribable | undefined;
      let stopped = false;
      void import("./event-source-link.ts").then(
        ({ eventSourceLink }) => {
          if (!stopped) current = eventSourceLink(url)(runtime)(operation).subscribe(observer);
        },
        // Not even our own file comes: nothing else would.
        (cause: unknown) =>
          observer.error(TRPCClientError.from(cause instanceof Error ? cause : new Error(String(cause)))),
      );
      return () => {
        stopped = true;
        current?.unsubscribe();
      };
    });
}
