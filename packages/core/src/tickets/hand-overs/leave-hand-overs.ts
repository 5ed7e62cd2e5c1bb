import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { selectOpenHandOvers } from "./hand-overs.queries.ts";
import { endAndTell } from "./tell-parties.ts";

/**
 * Ends what is open of somebody who leaves: what they have offered is taken back, and what was offered to them refused.
 * The tickets are locked by the transaction.
 */
export async function leaveHandOvers(
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  trx: Transaction<Database>,
  { accountId, ticketIds, at }: { accountId: string; ticketIds: readonly string[]; at: Date },
): Promise<void> {
  if (ticketIds.length === 0) return;
  const open = await selectOpenHandOvers(trx, ticketIds);
  const given = open.filter((one) => one.from_account_id === accountId);
  const received = open.filter((one) => one.from_account_id !== accountId);
  await endAndTell(ctx, trx, given, { state: "taken_back", at });
  await endAndTell(ctx, trx, received, { state: "refused", at });
}
