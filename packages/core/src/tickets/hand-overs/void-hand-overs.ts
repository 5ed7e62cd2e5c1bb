import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { selectOpenHandOvers } from "./hand-overs.queries.ts";
import { endAndTell } from "./tell-parties.ts";

/**
 * Ends what is open of tickets that can go to nobody any more, since they were used, cancelled or blocked, and tells both
 * sides. The tickets are locked by the transaction.
 */
export async function voidHandOvers(
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  trx: Transaction<Database>,
  ticketIds: readonly string[],
  at: Date,
): Promise<void> {
  await endAndTell(ctx, trx, await selectOpenHandOvers(trx, ticketIds), { state: "void", at });
}
