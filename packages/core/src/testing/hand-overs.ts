import type { CoreContext } from "../context.ts";
import type { Actor } from "../ports.ts";
import { acceptHandOvers } from "../tickets/hand-overs/accept-hand-overs.ts";
import { offerHandOvers } from "../tickets/hand-overs/offer-hand-overs.ts";
import { testRequester } from "./requester.ts";
import { unlimitedAttempts } from "./unlimited-attempts.ts";

/** Offers tickets to one address; gives the ids of the offers. */
export async function offerTo(
  ctx: CoreContext,
  giver: Actor,
  { email, ticketIds }: { email: string; ticketIds: readonly string[] },
): Promise<string[]> {
  const offers = ticketIds.map((ticketId) => ({ ticketId, email }));
  const offered = await offerHandOvers({ ...ctx, attempts: unlimitedAttempts }, giver, { offers }, testRequester);
  return offered.map(({ id }) => id);
}

/** Tickets that went from one visitor to another; gives the ids of the hand-overs. */
export async function handOver(
  ctx: CoreContext,
  { giver, receiver, ticketIds }: { giver: Actor; receiver: Actor & { email: string }; ticketIds: readonly string[] },
): Promise<string[]> {
  const handOverIds = await offerTo(ctx, giver, { email: receiver.email, ticketIds });
  await acceptHandOvers(ctx, receiver, { handOverIds });
  return handOverIds;
}
