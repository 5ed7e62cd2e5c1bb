import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/client";
import type { AuthState } from "@tessera/contracts";
import type { TRPCClientErrorLike } from "@trpc/client";
import { useEffect } from "react";
import { useAppName } from "../app/app-name.ts";
import { useTRPC } from "../app/trpc.ts";
import { onOtherTab, tellOtherTabs } from "./auth-channel.ts";
import { forgetOwner, noteSignedIn } from "./last-owner.ts";
import { forgetReset } from "./sign-in/reset-note.ts";

/** How long a page may stand there for an auth session that was ended elsewhere. */
const lookAgainMs = 30_000;
const nobody = { id: null, email: null };

/** Who is signed in to this app, and how far. Asked once and shared by all who use it. */
export function useAuthState(): UseQueryResult<AuthState, TRPCClientErrorLike<AppRouter>> {
  const trpc = useTRPC();
  // Whoever comes back to a page may have been signed out elsewhere meanwhile.
  return useQuery(trpc.auth.accounts.me.queryOptions(undefined, { refetchOnWindowFocus: "always" }));
}

/** Keeps the page right when somebody signs in or out in another tab, or is signed out elsewhere. Once in each app. */
export function useAuthWatch(): void {
  const app = useAppName();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: auth } = useQuery(
    trpc.auth.accounts.me.queryOptions(undefined, {
      // Only of a page that is in view, and that has something to lose.
      refetchInterval: ({ state }) => (state.data?.state === "signed_in" ? lookAgainMs : false),
    }),
  );
  const { id, email } = auth?.state === "signed_in" ? auth.account : nobody;
  useEffect(() => {
    if (id === null) return;
    noteSignedIn(email);
    forgetReset(id);
  }, [id, email]);
  useEffect(
    () =>
      onOtherTab(app, (news) => {
        if (news === "signed out") forgetOwner();
        void queryClient.invalidateQueries(trpc.auth.accounts.me.queryFilter());
      }),
    [app, trpc, queryClient],
  );
}

/** Looks again who is signed in; settles when the answer is on the page. */
export function useRefreshAuth(): () => Promise<void> {
  const app = useAppName();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => {
    tellOtherTabs(app, "changed");
    return queryClient.invalidateQueries(trpc.auth.accounts.me.queryFilter());
  };
}

/** Signs out, and forgets everything that was loaded for that person. */
export function useSignOut(): { readonly signOut: () => void; readonly pending: boolean } {
  const app = useAppName();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.auth.accounts.signOut.mutationOptions({
      onSuccess: () => {
        forgetOwner();
        tellOtherTabs(app, "signed out");
        return queryClient.resetQueries();
      },
    }),
  );
  return { signOut: () => mutate(), pending: isPending };
}
