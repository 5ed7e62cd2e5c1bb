import type { AppRouter } from "@tessera/api";
import { type Audience, audienceHeader, audienceParameter, idleHeader, proofHeader } from "@tessera/contracts";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient } from "@trpc/client";
import { liveLink } from "./live-link.ts";
import { proofContext, proofLink } from "./proof-link.ts";
import { stepUpLink } from "./step-up-link.ts";

export type { AppRouter } from "@tessera/api";
export { apiErrorOf } from "./api-error.ts";
export { type RequestSigner, signedFetch } from "./signed-fetch.ts";

type Fetch = NonNullable<Parameters<typeof httpLink>[0]["fetch"]>;

/** As many as the server answers at once. */
const mostInBatch = 10;

/**
 * The client that all three apps share. `audience` names the app, and so the cookie that the server looks at.
 * Requests of one moment travel together, but for the public catalogue's; queries as GET, so that the browser's cache and
 * ETags work. `confirm` asks for the second factor again where the server wants that; without it `step_up_required`
 * reaches the caller. `isIdle` says whether anybody is at the page. A proof of work is done unseen.
 * Live events come by `EventSource`, which connects again by itself. Outside a browser `url` is absolute, and `fetch`
 * keeps the cookies.
 */
export function createClient(options: {
  audience: Audience;
  confirm?: () => Promise<boolean>;
  isIdle?: () => boolean;
  url?: string;
  fetch?: Fetch;
}): TRPCClient<AppRouter> {
  const { audience, confirm, isIdle = () => false, url = "/trpc", ...transport } = options;
  const headers = () => ({ [audienceHeader]: audience, ...(isIdle() ? { [idleHeader]: "1" } : {}) });
  return createTRPCClient<AppRouter>({
    links: [
      ...(confirm === undefined ? [] : [stepUpLink(confirm)]),
      proofLink(),
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: liveLink(`${url}?${audienceParameter}=${audience}`),
        false: splitLink({
          // The catalogue is the same for everybody: by itself, the server has it at hand and the browser's ETag fits. A
          // proof is for one request, and so that one travels by itself as well.
          condition: ({ path, context }) => path.startsWith("tickets.catalogue.") || proofContext in context,
          true: httpLink({ url, headers: ({ op }) => ({ ...headers(), ...proofOf(op.context) }), ...transport }),
          false: httpBatchLink({ url, headers, ...transport, maxURLLength: 4000, maxItems: mostInBatch }),
        }),
      }),
    ],
  });
}

function proofOf({ [proofContext]: proof }: Record<string, unknown>): Record<string, string> {
  return typeof proof === "string" ? { [proofHeader]: proof } : {};
}
