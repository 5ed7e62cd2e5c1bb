import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";

const retries = 2;

/** A refusal stays a refusal however often one asks; only a server that is away may come back. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < retries && apiErrorOf(error).errorCode === "unavailable";
}

/** The key under which tRPC keeps who is signed in, as a prefix. */
const authStateKey = [["auth", "accounts", "me"]];

export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    const { errorCode } = apiErrorOf(error);
    if (errorCode !== "not_signed_in" && errorCode !== "second_factor_required") return;
    // The auth session has ended behind our back: ask again who is here, and every AccountGate shows the way in.
    void queryClient.invalidateQueries({ queryKey: authStateKey });
  };
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // "always": the browser's idea of being online is wrong on a local network; the request itself finds out.
      queries: { networkMode: "always", retry: shouldRetry, staleTime: 30_000 },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return queryClient;
}
