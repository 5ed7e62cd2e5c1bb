import type { Facts, handOvers } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Actor } from "../../ports.ts";
import { lockTicketStates } from "../tickets.queries.ts";
import { assertOpen } from "./hand-over.ts";
import { type HandOverRow, selectHandOvers, selectParties } from "./hand-overs.queries.ts";
import { readHandOvers } from "./list-hand-overs.ts";
import { isReceivedBy } from "./parties.ts";
import { endAndTell } from "./tell-parties.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;
type Ids = { handOverIds: readonly string[] };

/**
 * Refuses tickets that were offered to the actor's e-mail address, all or none; both sides are told. Refusing the same
 * again answers the same. Errors: `not_found`, `hand_over_ended` with its `state`.
 */
export function refuseHandOvers(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  input: Ids,
): Promise<Facts<typeof handOvers>> {
  return end(ctx, actor, input, { state: "refused", isTheirs: isReceivedBy });
}

/**
 * Takes tickets back that the actor has offered, all or none; both sides are told. Taking the same back again answers the
 * same. Errors: `not_found`, `hand_over_ended` with its `state`.
 */
export function takeBackHandOvers(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  input: Ids,
): Promise<Facts<typeof handOvers>> {
  return end(ctx, actor, input, { state: "taken_back", isTheirs: (one, { id }) => one.from_account_id === id });
}

type End = {
  state: "refused" | "taken_back";
  isTheirs: (handOver: HandOverRow, account: { id: string; email: string }) => boolean;
};

async function end(
  ctx: Parts,
  { accountId }: Pick<Actor, "accountId">,
  { handOverIds }: Ids,
  { state, isTheirs }: End,
): Promise<Facts<typeof handOvers>> {
  const ids = [...new Set(handOverIds)];
  const known = await selectHandOvers(ctx.db, ids);
  if (known.length < ids.length) throw new CodedError("not_found");
  return ctx.db.transaction().execute(async (trx) => {
    await lockTicketStates(
      trx,
      known.map((one) => one.ticket_id),
    );
    const now = ctx.clock();
    const [account] = await selectParties(trx, [accountId]);
    const rows = await selectHandOvers(trx, ids);
    if (account === undefined || !rows.every((one) => isTheirs(one, account))) throw new CodedError("not_found");
    const wanted = rows.filter((one) => one.state !== state);
    for (const one of wanted) assertOpen(one, state, now);
    await endAndTell(ctx, trx, wanted, { state, at: now });
    return readHandOvers(ctx, trx, { accountId, ids });
  });
}
