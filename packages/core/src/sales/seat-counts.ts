import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { ReservationState } from "./decide-reservations.ts";
import { selectSeatCounts } from "./reservations.queries.ts";

/** Seats that accounts hold or have bought, by account and then by competition session. */
export async function readSeatCounts(
  trx: Transaction<Database>,
  accountIds: readonly string[],
): Promise<ReservationState["seats"]> {
  const counts = new Map<string, Map<string, number>>();
  for (const row of await selectSeatCounts(trx, accountIds)) {
    const account = counts.get(row.account_id) ?? new Map<string, number>();
    counts.set(row.account_id, account.set(row.competition_session_id, Number(row.seats)));
  }
  return counts;
}
