import type { updateOfferInput, Given } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import type { Actor } from "../ports.ts";
import { changeOffer } from "./change-offer.ts";
import type { AdminOfferFacts } from "./list-offers.ts";
import { updateOfferTerms } from "./offers.queries.ts";

/**
 * Changes name, price, window and limit of an offer in any state. What was bought or is held keeps its price; a basket with
 * the old one gets `price_changed`. Errors: `not_found`, `conflict` if it has changed since `version`.
 */
export async function updateOffer(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  input: Given<typeof updateOfferInput>,
): Promise<AdminOfferFacts> {
  return changeOffer(ctx, actor, { ...input, action: "offer.updated" }, (trx) =>
    updateOfferTerms(trx, input.offerId, input),
  );
}
