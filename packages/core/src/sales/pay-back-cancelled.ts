import { PageStillOpenError } from "./ask-in-turn.ts";
import { closePage, type ProviderContext } from "./close-pages.ts";
import { isUnpaid, toOrderState } from "./order.ts";
import { lockFreeOrder } from "./orders.queries.ts";
import {
  markPaidBack,
  selectHoldingOrderIds,
  selectPaidOrderIds,
  selectSessionsToPayBack,
  selectTicketsToPayBack,
} from "./pay-back-cancelled.queries.ts";
import { selectPendingPayment } from "./payments.queries.ts";
import { releaseSeats } from "./release-seats.ts";
import { takeTicketsBack } from "./take-tickets-back.ts";

export type PayBackRun = { released: number; paidBack: number; failed: { orderId: string; cause: unknown }[] };

type Session = Awaited<ReturnType<typeof selectSessionsToPayBack>>[number];

/** Orders are looked up so many at a time. */
const portion = 200;

/**
 * Pays everybody back who has paid for a competition session that an admin has cancelled, also who was let in already:
 * each order in a transaction of its own, and of a package or a basket only the tickets of that competition session.
 * Orders that wait for their payment are released, each after its page was closed at the provider; money that arrives all
 * the same goes back by itself (`applyPaymentEvent`). Right when it runs twice at once, is killed in between, or is late:
 * what is left is read from the tickets, and looked at again under the lock of their order. An order that fails stands in
 * nobody's way and is tried again by the next run. Looks at `signal` between two orders.
 */
export async function payBackCancelled(ctx: ProviderContext, signal?: AbortSignal): Promise<PayBackRun> {
  const run: PayBackRun = { released: 0, paidBack: 0, failed: [] };
  for (const session of await selectSessionsToPayBack(ctx.db)) {
    const release = releaser(ctx);
    await forEachOrder(ctx, { session, select: selectHoldingOrderIds, run, signal }, async (orderId) => {
      if (await release(orderId)) run.released += 1;
    });
    await forEachOrder(ctx, { session, select: selectPaidOrderIds, run, signal }, async (orderId) => {
      if (await payBack(ctx, session, orderId)) run.paidBack += 1;
    });
    if (signal?.aborted === true) break;
    await markPaidBack(ctx.db, session.id, ctx.clock());
  }
  return run;
}

type Orders = {
  session: Session;
  select: typeof selectPaidOrderIds;
  run: PayBackRun;
  signal: AbortSignal | undefined;
};

async function forEachOrder(
  ctx: Pick<ProviderContext, "db">,
  { session, select, run, signal }: Orders,
  act: (orderId: string) => Promise<void>,
): Promise<void> {
  let orderIds: string[] = [];
  do {
    orderIds = await select(ctx.db, { competitionSessionId: session.id, after: orderIds.at(-1), limit: portion });
    for (const orderId of orderIds) {
      if (signal?.aborted === true) return;
      try {
        await act(orderId);
      } catch (cause) {
        run.failed.push({ orderId, cause });
      }
    }
  } while (orderIds.length === portion);
}

/** Once the provider has not answered, no other page is closed: that is the next run's. */
function releaser(ctx: ProviderContext): (orderId: string) => Promise<boolean> {
  let isAway = false;
  return async (orderId) => {
    const open = await selectPendingPayment(ctx.db, orderId);
    if (open !== undefined) {
      if (isAway) return false;
      await closePage(ctx, open).catch((cause: unknown) => {
        isAway = !(cause instanceof PageStillOpenError);
        throw cause;
      });
    }
    return ctx.db.transaction().execute(async (trx) => {
      const order = await lockFreeOrder(trx, orderId);
      if (order === undefined || !isUnpaid(toOrderState(order.state))) return false;
      if ((await selectPendingPayment(trx, orderId)) !== undefined) return false;
      await releaseSeats(ctx, trx, order, "expired");
      return true;
    });
  };
}

async function payBack(ctx: ProviderContext, session: Session, orderId: string): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    const order = await lockFreeOrder(trx, orderId);
    if (order === undefined) return false;
    const ticketIds = await selectTicketsToPayBack(trx, { orderId, competitionSessionId: session.id });
    if (ticketIds.length === 0) return false;
    const request = { requestedBy: session.cancelled_by, idempotencyKey: null, note: session.cancel_note };
    await takeTicketsBack(ctx, trx, { order, ticketIds, reason: "session_cancelled", request });
    return true;
  });
}
