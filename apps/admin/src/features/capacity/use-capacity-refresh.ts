import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@tessera/ui";

/** Looks again at capacities and their changes, after one of them has changed. */
export function useCapacityRefresh(): () => Promise<void> {
  const { catalogue } = useTRPC().admin;
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(catalogue.capacityChanges.queryFilter()),
      queryClient.invalidateQueries(catalogue.seatPools.queryFilter()),
    ]);
    // Elsewhere they are shown beside other things, and can be looked at when somebody goes there.
    void queryClient.invalidateQueries(catalogue.offers.queryFilter());
  };
}
