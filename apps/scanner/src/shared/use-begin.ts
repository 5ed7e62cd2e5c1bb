import { useQueryClient } from "@tanstack/react-query";
import { forgetOwner, useTRPC } from "@tessera/ui";
import type { TabletApp } from "./tablet.ts";

/** Begins a shift of whoever is signed in. The server ends the auth session with it: the page forgets it as well. */
export function useBegin(tablet: TabletApp): (pin: string) => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async (pin) => {
    await tablet.begin(pin);
    forgetOwner();
    void queryClient.resetQueries(trpc.auth.accounts.me.queryFilter());
  };
}
