import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { addTaken, selectHolds, updateHolds } from "./holds.queries.ts";
import { orderChanges, toOrderState } from "./order.ts";
import { changeOrder, type LockedOrder } from "./orders.queries.ts";
import { lockSeatPools } from "./reservations.queries.ts";

export type ReleaseContext = Pick<CoreContext, "db" | "clock" | "random">;

/** Gives an unpaid order's seats back. The order is locked by the transaction, and no page of it can be paid. */
export async function releaseSeats(
  ctx: Pick<ReleaseContext, "clock" | "random">,
  trx: Transaction<Database>,
  order: LockedOrder,
  state: "expired" | "cancelled",
): Promise<void> {
  orderChanges.assert(toOrderState(order.state), state);
  const holds = await selectHolds(trx, order.id);
  const pools = holds.map((hold) => ({ seatPoolId: hold.seat_pool_id, seats: -hold.seats }));
  await lockSeatPools(
    trx,
    pools.map(({ seatPoolId }) => seatPoolId),
  );
  await addTaken(trx, pools);
  await updateHolds(trx, order.id, "released");
  await changeOrder(trx, order, { state, eventId: newId(ctx), at: ctx.clock() });
}
