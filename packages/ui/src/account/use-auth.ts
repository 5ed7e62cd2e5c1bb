import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/client";
import type { AuthState } from "@tessera/contracts";
import type { TRPCClientErrorLike } from "@trpc/client";
import { useTRPC } from "../app/trpc.ts";

/** Who is signed in to this app, and how far. Asked once and shared by all who use it. */
export function useAuthState(): UseQueryResult<AuthState, TRPCClientErrorLike<AppRouter>> {
  const trpc = useTRPC();
  return useQuery(trpc.auth.accounts.me.queryOptions());
}

/** Looks again who is signed in; settles when the answer is on the page. */
export function useRefreshAuth(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(trpc.auth.accounts.me.queryFilter());
}

/** Signs out, and forgets everything that was loaded for that person. */
export function useSignOut(): { readonly signOut: () => void; readonly pending: boolean } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.auth.accounts.signOut.mutationOptions({ onSuccess: () => queryClient.resetQueries() }),
  );
  return { signOut: () => mutate(), pending: isPending };
}
