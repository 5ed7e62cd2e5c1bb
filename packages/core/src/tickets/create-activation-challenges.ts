import type { activationChallenges, Facts } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { deleteExpiredChallenges, insertChallenges } from "./activation.queries.ts";
import { assertActivatable } from "./ticket.ts";
import { lockTickets } from "./tickets.queries.ts";

const challengeBytes = 32;
const challengeMinutes = 5;

/**
 * Gives a challenge for each ticket that is to be activated on the actor's device, in the order of the ticket ids. Each
 * works once, for this account, ticket and epoch, for five minutes.
 *
 * Errors: `not_found`, `activation_not_open`, `activation_closed`, `conflict` for a ticket that was used or cancelled.
 */
export async function createActivationChallenges(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { accountId }: Pick<Actor, "accountId">,
  { ticketIds }: { ticketIds: readonly string[] },
): Promise<Facts<typeof activationChallenges>> {
  const now = ctx.clock();
  const expiresAt = new Date(now.getTime() + challengeMinutes * 60_000);
  return ctx.db.transaction().execute(async (trx) => {
    const tickets = await lockTickets(trx, { ticketIds, holderAccountId: accountId });
    if (tickets.length !== new Set(ticketIds).size) throw new CodedError("not_found");
    const challenges = tickets.map((ticket) => {
      assertActivatable(ctx.policy, ticket, now);
      const challenge = ctx.random(challengeBytes);
      return { ticketId: ticket.id, accountId, expectedEpoch: ticket.epoch, challenge, expiresAt };
    });
    await insertChallenges(trx, challenges);
    return challenges.map((one) => ({ ...one, challenge: toBase64url(one.challenge) }));
  });
}

/** Removes challenges that nobody answered in time. */
export async function forgetExpiredChallenges(ctx: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteExpiredChallenges(ctx.db, ctx.clock());
}
