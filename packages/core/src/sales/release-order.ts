import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { addTaken, selectHolds, updateHolds } from "./holds.queries.ts";
import { assertChange, toOrderState, unpaidStates } from "./order.ts";
import { lockOrder, lockOverdueOrder, updateOrder } from "./orders.queries.ts";
import { abandonPendingPayments, hasPendingPayment } from "./payments.queries.ts";
import { type OrderFacts, readOrder } from "./read-orders.ts";
import { lockSeatPools } from "./reservations.queries.ts";

type ReleaseContext = Pick<CoreContext, "db" | "clock" | "random">;

/** Gives an unpaid order's seats back. The order is locked by the transaction. */
async function release(
  ctx: ReleaseContext,
  trx: Transaction<Database>,
  order: { id: string; state: string },
  state: "expired" | "cancelled",
): Promise<void> {
  assertChange(toOrderState(order.state), state);
  const at = ctx.clock();
  const holds = await selectHolds(trx, order.id);
  const pools = holds.map((hold) => ({ seatPoolId: hold.seat_pool_id, seats: -hold.seats }));
  await lockSeatPools(
    trx,
    pools.map(({ seatPoolId }) => seatPoolId),
  );
  await addTaken(trx, pools);
  await updateHolds(trx, order.id, "released");
  await abandonPendingPayments(trx, { orderId: order.id, settledAt: at });
  await updateOrder(trx, { orderId: order.id, state, eventId: newId(ctx), at });
}

/**
 * The visitor gives the seats back. Errors: `not_found`; `payment_under_way` while a provider's page is open, since money
 * may be on its way; `conflict` when the order is paid or over.
 */
export async function cancelOrder(
  ctx: ReleaseContext,
  actor: Pick<Actor, "accountId">,
  { orderId }: { orderId: string },
): Promise<OrderFacts> {
  await ctx.db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (order?.account_id !== actor.accountId) throw new CodedError("not_found");
    if (await hasPendingPayment(trx, orderId)) throw new CodedError("payment_under_way");
    await release(ctx, trx, order, "cancelled");
  });
  return readOrder(ctx, actor, { orderId });
}

/** Ends one unpaid order now, due or not: what the demo's "pay late" needs. Errors: `not_found`, `conflict`. */
export async function expireOrder(ctx: ReleaseContext, orderId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, orderId);
    if (order === undefined) throw new CodedError("not_found");
    await release(ctx, trx, order, "expired");
  });
}

const mostAtOnce = 500;

/**
 * Gives back the seats of orders whose time is over, each in a transaction of its own; 500 at most. Right when it runs
 * twice at once, late, or is killed in between; between two orders it looks at `signal`. Gives how many it ended.
 */
export async function expireOverdueOrders(ctx: ReleaseContext, signal?: AbortSignal): Promise<number> {
  for (let ended = 0; ended < mostAtOnce; ended += 1) {
    if (signal?.aborted === true) return ended;
    const found = await ctx.db.transaction().execute(async (trx) => {
      const order = await lockOverdueOrder(trx, ctx.clock(), unpaidStates);
      if (order !== undefined) await release(ctx, trx, order, "expired");
      return order !== undefined;
    });
    if (!found) return ended;
  }
  return mostAtOnce;
}
