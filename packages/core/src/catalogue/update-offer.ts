import type { updateOfferInput, Given } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { changeOffer } from "./change-offer.ts";
import type { AdminOfferFacts } from "./list-offers.ts";
import { countOfferEntries, updateOfferTerms } from "./offers.queries.ts";

/**
 * Changes name, price, window and limit of an offer in any state. What was bought or is held keeps its price; a basket with
 * the old one gets `price_changed`. Errors: `not_found`, `conflict` if it has changed since `version`, `invalid_input` for a
 * package without a name: no kind says what is in it.
 */
export async function updateOffer(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  actor: Actor,
  input: Given<typeof updateOfferInput>,
): Promise<AdminOfferFacts> {
  return changeOffer(ctx, actor, { ...input, action: "offer.updated" }, async (trx) => {
    if (input.name === null && (await countOfferEntries(trx, input.offerId)) > 1) throw new CodedError("invalid_input");
    await updateOfferTerms(trx, input.offerId, input);
  });
}
