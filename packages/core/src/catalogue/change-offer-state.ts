import type { offerChangeInput, Given } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { changeOffer } from "./change-offer.ts";
import type { AdminOfferFacts } from "./list-offers.ts";
import { assertOfferChange } from "./offer-state.ts";
import { updateOfferState } from "./offers.queries.ts";

type OfferChange = Given<typeof offerChangeInput>;

/**
 * Puts a draft or a withdrawn offer on sale, within its window. Errors: `not_found`, `conflict` if it has changed since
 * `version` or is published already.
 */
export async function publishOffer(ctx: Pick<CoreContext, "db">, input: OfferChange): Promise<AdminOfferFacts> {
  return changeState(ctx, input, "published");
}

/**
 * Takes a published offer off sale at once. Tickets that were bought and seats that are held stay what they are; an order
 * under way can still be paid. Errors: `not_found`, `conflict` if it has changed since `version` or is not published.
 */
export async function withdrawOffer(ctx: Pick<CoreContext, "db">, input: OfferChange): Promise<AdminOfferFacts> {
  return changeState(ctx, input, "withdrawn");
}

function changeState(
  ctx: Pick<CoreContext, "db">,
  input: OfferChange,
  to: "published" | "withdrawn",
): Promise<AdminOfferFacts> {
  return changeOffer(ctx, input, async (trx, from) => {
    assertOfferChange(from, to);
    await updateOfferState(trx, input.offerId, to);
  });
}
