import { useQueryClient } from "@tanstack/react-query";
import type { AdminOffer } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";

type OfferCache = {
  /** What the server has just answered is what every page shows. */
  readonly keep: (offer: AdminOffer) => void;
  /** Somebody else has changed something: look again. */
  readonly refresh: () => Promise<void>;
};

/** Keeps the pages right after a change. */
export function useOfferCache(): OfferCache {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    keep: (offer) => {
      queryClient.setQueryData(trpc.admin.catalogue.offer.queryKey({ offerId: offer.id }), offer);
      void queryClient.invalidateQueries(trpc.admin.catalogue.offers.queryFilter());
    },
    refresh: async () => {
      await Promise.all([
        queryClient.invalidateQueries(trpc.admin.catalogue.offer.queryFilter()),
        queryClient.invalidateQueries(trpc.admin.catalogue.offers.queryFilter()),
      ]);
    },
  };
}
