import type { CoreContext } from "../context.ts";
import { foldDeltas } from "./ledger.queries.ts";

const deltasAtOnce = 5000;

/** Folds what was sold since the last time into the sums that the dashboard reads. Right when it runs twice at once. */
export async function foldSales(ctx: Pick<CoreContext, "db">): Promise<number> {
  let folded = 0;
  let last = deltasAtOnce;
  while (last === deltasAtOnce) {
    last = await foldDeltas(ctx.db, deltasAtOnce);
    folded += last;
  }
  return folded;
}
