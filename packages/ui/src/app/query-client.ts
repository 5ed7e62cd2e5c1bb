import { QueryClient } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";

const retries = 2;

/** A refusal stays a refusal however often one asks; only a server that is away may come back. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < retries && apiErrorOf(error).errorCode === "unavailable";
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // "always": the browser's idea of being online is wrong on a local network; the request itself finds out.
      queries: { networkMode: "always", retry: shouldRetry, staleTime: 30_000 },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
