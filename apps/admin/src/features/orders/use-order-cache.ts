import { useQueryClient } from "@tanstack/react-query";
import type { AdminOrder } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";

/** Keeps the pages right after a change: what the server has just answered is what every page shows. */
export function useOrderCache(): {
  readonly keep: (order: AdminOrder) => void;
  /** After a failure: it may have been carried out with the answer lost, or somebody else was faster. */
  readonly lookAgain: (orderId: string) => void;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    keep: (found) => {
      queryClient.setQueryData(trpc.admin.sales.order.queryKey({ orderId: found.order.id }), found);
      void queryClient.invalidateQueries(trpc.admin.sales.orders.queryFilter());
      void queryClient.invalidateQueries(trpc.admin.sales.summary.queryFilter());
    },
    lookAgain: (orderId) => void queryClient.invalidateQueries(trpc.admin.sales.order.queryFilter({ orderId })),
  };
}
