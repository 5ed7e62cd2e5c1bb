import type { AppRouter } from "@tessera/api";
import { type ApiErrorData, type Audience, audienceHeader, errorCodes } from "@tessera/contracts";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient, TRPCClientError } from "@trpc/client";

export type { AppRouter } from "@tessera/api";

type Fetch = NonNullable<Parameters<typeof httpLink>[0]["fetch"]>;

/** As many as the server answers at once. */
const mostInBatch = 10;

/**
 * The client that all three apps share. `audience` names the app, and so the cookie that the server looks at.
 * Requests of one moment travel together, but for the public catalogue's; queries as GET, so that the browser's cache and
 * ETags work. Outside a browser `url` is absolute, and `fetch` keeps the cookies.
 */
export function createClient(options: { audience: Audience; url?: string; fetch?: Fetch }): TRPCClient<AppRouter> {
  const { audience, url = "/trpc", ...transport } = options;
  const headers = { [audienceHeader]: audience };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        // The same for everybody: by itself, the server has it at hand and the browser's ETag fits.
        condition: ({ path }) => path.startsWith("tickets.catalogue."),
        true: httpLink({ url, headers, ...transport }),
        false: httpBatchLink({ url, headers, ...transport, maxURLLength: 4000, maxItems: mostInBatch }),
      }),
    ],
  });
}

/**
 * What the server said went wrong: its coded error with details and request id. `unavailable` when no answer came
 * (no network, server away), `internal` when the answer was not one of ours.
 */
export function apiErrorOf(error: unknown): ApiErrorData {
  const none = { details: {}, requestId: "", fields: [] };
  if (!(error instanceof TRPCClientError)) return { errorCode: "internal", ...none };
  const data: unknown = error.data;
  if (isApiErrorData(data)) return data;
  return { errorCode: "unavailable", ...none };
}

function isApiErrorData(data: unknown): data is ApiErrorData {
  return (
    typeof data === "object" &&
    data !== null &&
    "errorCode" in data &&
    errorCodes.some((code) => code === data.errorCode)
  );
}
