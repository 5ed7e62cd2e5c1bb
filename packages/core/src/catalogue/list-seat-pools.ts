import type { seatPools, seatPoolsInput, Facts, Given } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { selectSeatPools } from "./offers.queries.ts";
import { toCategory, toCompetitionSession } from "./rows.ts";

/** More than anybody reads through: a search finds the rest. */
const seatPoolsAtOnce = 50;

/** The seat pools whose competition session matches `search`, in the order of the timetable; 50 at most. */
export async function listSeatPools(
  ctx: Pick<CoreContext, "db">,
  { search }: Given<typeof seatPoolsInput>,
): Promise<Facts<typeof seatPools>> {
  const rows = await selectSeatPools(ctx.db, search, seatPoolsAtOnce);
  return rows.map((row) => ({
    seatPoolId: row.seat_pool_id,
    competitionSession: toCompetitionSession(row),
    category: toCategory(row.category),
    capacity: row.capacity,
    taken: row.taken,
  }));
}
