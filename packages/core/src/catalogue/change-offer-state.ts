import type { offerChangeInput, Given } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import type { Actor } from "../ports.ts";
import { changeOffer } from "./change-offer.ts";
import type { AdminOfferFacts } from "./list-offers.ts";
import { assertOfferChange } from "./offer-state.ts";
import { updateOfferState } from "./offers.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random">;
type OfferChange = Given<typeof offerChangeInput>;

/**
 * Puts a draft or a withdrawn offer on sale, within its window. Errors: `not_found`, `conflict` if it has changed since
 * `version` or is published already.
 */
export async function publishOffer(ctx: Parts, actor: Actor, input: OfferChange): Promise<AdminOfferFacts> {
  return changeState(ctx, actor, input, "published");
}

/**
 * Takes a published offer off sale at once. Tickets that were bought and seats that are held stay what they are; an order
 * under way can still be paid. Errors: `not_found`, `conflict` if it has changed since `version` or is not published.
 */
export async function withdrawOffer(ctx: Parts, actor: Actor, input: OfferChange): Promise<AdminOfferFacts> {
  return changeState(ctx, actor, input, "withdrawn");
}

function changeState(
  ctx: Parts,
  actor: Actor,
  input: OfferChange,
  to: "published" | "withdrawn",
): Promise<AdminOfferFacts> {
  return changeOffer(ctx, actor, { ...input, action: `offer.${to}` }, async (trx, from) => {
    assertOfferChange(from, to);
    await updateOfferState(trx, input.offerId, to);
  });
}
