import type { availabilityInput, exactAvailability, Facts, Given } from "@tessera/contracts";
import { isOnSale } from "../catalogue/offer.ts";
import type { CoreContext } from "../context.ts";

/**
 * Exactly how many units of each offer can be had now, whatever else stands in the basket; in the order asked for. From
 * the catalogue in memory, and so at most a second old. An offer that is not there or was withdrawn has no price.
 */
export async function readAvailability(
  ctx: Pick<CoreContext, "catalogue" | "clock">,
  { offerIds }: Given<typeof availabilityInput>,
): Promise<Facts<typeof exactAvailability>> {
  const { offersById, levels } = await ctx.catalogue.read();
  const now = ctx.clock();
  return offerIds.map((offerId) => {
    const offer = offersById.get(offerId);
    if (offer === undefined) return { offerId, left: 0, onSale: false, priceCents: null };
    const onSale = isOnSale(offer, now);
    const units = offer.entries.map(({ seatPoolId }) => {
      const { capacity, taken } = levels.get(seatPoolId) ?? { capacity: 0, taken: 0 };
      return Math.floor((capacity - taken) / offer.persons);
    });
    return { offerId, left: onSale ? Math.max(0, Math.min(...units)) : 0, onSale, priceCents: offer.priceCents };
  });
}
