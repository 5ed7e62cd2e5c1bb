import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/client";
import type { HandOver } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";
import type { TRPCClientErrorLike } from "@trpc/client";

/** Others act on them as well: while one waits for an answer, look again. */
const watchMs = 20_000;

/** What the visitor has offered, and what was offered to the visitor. */
export function useHandOvers(): UseQueryResult<HandOver[], TRPCClientErrorLike<AppRouter>> {
  const trpc = useTRPC();
  return useQuery(
    trpc.tickets.handOvers.list.queryOptions(undefined, {
      refetchOnMount: "always",
      refetchOnWindowFocus: "always",
      refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "offered") === true ? watchMs : false),
    }),
  );
}

/** Looks again at what tickets there are and where they go; settles when that is on the page. */
export function useTicketNews(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.tickets.tickets.mine.queryFilter()),
      queryClient.invalidateQueries(trpc.tickets.handOvers.list.queryFilter()),
    ]);
}
