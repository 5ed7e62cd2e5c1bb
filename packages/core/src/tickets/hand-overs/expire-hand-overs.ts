import type { CoreContext } from "../../context.ts";
import { lockTicketStates } from "../tickets.queries.ts";
import { handOverClosesAt } from "./hand-over.ts";
import { type HandOverRow, selectDueHandOvers, selectHandOvers } from "./hand-overs.queries.ts";
import { endAndTell } from "./tell-parties.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/** In one run; what is left is the next one's. */
const mostAtOnce = 500;

/**
 * Ends offers that nobody has answered in time, or whose competition session has come too close, and tells both sides.
 * Right when it comes late or runs twice at once: whether an offer stands is read from its moment, never from whether
 * this has run. Gives how many it has ended.
 */
export async function expireHandOvers(ctx: Parts, signal?: AbortSignal): Promise<number> {
  const now = ctx.clock();
  // How long before its start a competition session closes.
  const closesBeforeMs = -handOverClosesAt(ctx.policy, { startsAt: new Date(0) }).getTime();
  const startingBefore = new Date(now.getTime() + closesBeforeMs);
  const due = await selectDueHandOvers(ctx.db, { now, startingBefore, limit: mostAtOnce });
  let ended = 0;
  for (const group of Map.groupBy(due, (one) => `${one.from_account_id} ${one.to_email}`).values()) {
    if (signal?.aborted === true) break;
    ended += await expire(ctx, group);
  }
  return ended;
}

/** Looked at again under the locks: others do the same, and somebody may have answered at the last moment. */
async function expire(ctx: Parts, due: readonly Pick<HandOverRow, "id" | "ticket_id">[]): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockTicketStates(
      trx,
      due.map((one) => one.ticket_id),
    );
    const written = await selectHandOvers(
      trx,
      due.map(({ id }) => id),
    );
    const open = written.filter(({ state }) => state === "offered");
    await endAndTell(ctx, trx, open, { state: "expired", at: ctx.clock() });
    return open.length;
  });
}
