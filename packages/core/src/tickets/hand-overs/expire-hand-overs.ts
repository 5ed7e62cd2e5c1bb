import type { CoreContext } from "../../context.ts";
import { lockTicketStates } from "../tickets.queries.ts";
import { handOverClosesAt } from "./hand-over.ts";
import { forgetAddressesOf, selectDueHandOvers } from "./hand-overs.queries.ts";
import { endAndTell } from "./tell-parties.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/** In one run; what is left is the next one's. */
const mostAtOnce = 500;

export type ExpiryRun = { ended: number; failed: { handOverIds: string[]; cause: unknown }[] };

type Due = { startingBefore: Date; handOverIds: string[]; ticketIds: string[] };

/**
 * Ends offers that nobody has answered in time, or whose competition session has come too close, and tells both sides.
 * Right when it comes late or runs twice at once: whether an offer stands is read from its moment, never from whether
 * this has run. What cannot be ended stands in no other's way, and is tried again by the next run.
 */
export async function expireHandOvers(ctx: Parts, signal?: AbortSignal): Promise<ExpiryRun> {
  const run: ExpiryRun = { ended: 0, failed: [] };
  const startingBefore = closingNow(ctx);
  const due = await selectDueHandOvers(ctx.db, { now: ctx.clock(), startingBefore, limit: mostAtOnce });
  for (const group of Map.groupBy(due, (one) => `${one.from_account_id} ${one.to_email}`).values()) {
    if (signal?.aborted === true) break;
    const handOverIds = group.map(({ id }) => id);
    try {
      run.ended += await expire(ctx, { startingBefore, handOverIds, ticketIds: group.map((one) => one.ticket_id) });
    } catch (cause) {
      run.failed.push({ handOverIds, cause });
    }
  }
  return run;
}

/** Competition sessions that start before have closed for handing over. */
function closingNow({ clock, policy }: Parts): Date {
  const closesBeforeMs = -handOverClosesAt(policy, { startsAt: new Date(0) }).getTime();
  return new Date(clock().getTime() + closesBeforeMs);
}

/** Looked at again under the locks: somebody may have answered at the last moment, or the start have been put off. */
async function expire(ctx: Parts, { startingBefore, handOverIds, ticketIds }: Due): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockTicketStates(trx, ticketIds);
    const now = ctx.clock();
    const still = await selectDueHandOvers(trx, { now, startingBefore, limit: mostAtOnce, ids: handOverIds });
    await endAndTell(ctx, trx, still, { state: "expired", at: now });
    return still.length;
  });
}

/** How long after its end an offer still says to which address it went. */
const addressDays = 30;

/** Forgets to which addresses offers went that ended long ago. Gives how many. */
export async function forgetOfferedAddresses(ctx: Pick<CoreContext, "db" | "clock">): Promise<number> {
  return forgetAddressesOf(ctx.db, { endedBefore: new Date(ctx.clock().getTime() - addressDays * 86_400_000) });
}
