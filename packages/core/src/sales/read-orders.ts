import type { Facts, order, orders } from "@tessera/contracts";
import { toCategory, toCompetitionSession, toOfferName } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { isUnpaid, toOrderState } from "./order.ts";
import { selectNewestPayments, selectOrderLines, selectOrders } from "./orders.queries.ts";
import { toPaymentState } from "./payment.ts";
import { toRefundReason, toRefundState } from "./refund.ts";
import { selectRefundsOfOrders } from "./refunds.queries.ts";

export type OrderFacts = Facts<typeof order>;
type OrderLineFacts = OrderFacts["lines"][number];

const newestOrders = 200;

/** One of the actor's own orders. Throws `not_found`, also for somebody else's. */
export async function readOrder(
  ctx: Pick<CoreContext, "db">,
  { accountId }: Pick<Actor, "accountId">,
  { orderId }: { orderId: string },
): Promise<OrderFacts> {
  const [found] = await assemble(ctx, await selectOrders(ctx.db, { accountId, orderId, limit: 1 }));
  if (found === undefined) throw new CodedError("not_found");
  return found;
}

/** The actor's orders, newest first; 200 at most. */
export async function listOrders(
  ctx: Pick<CoreContext, "db">,
  { accountId }: Pick<Actor, "accountId">,
): Promise<Facts<typeof orders>> {
  return assemble(ctx, await selectOrders(ctx.db, { accountId, limit: newestOrders }));
}

async function assemble(
  { db }: Pick<CoreContext, "db">,
  rows: Awaited<ReturnType<typeof selectOrders>>,
): Promise<OrderFacts[]> {
  if (rows.length === 0) return [];
  const orderIds = rows.map(({ id }) => id);
  const [lines, payments, refunds] = await Promise.all([
    selectOrderLines(db, orderIds),
    selectNewestPayments(db, orderIds),
    selectRefundsOfOrders(db, orderIds),
  ]);
  return rows.map((row) => {
    const state = toOrderState(row.state);
    const payment = payments.find(({ order_id: orderId }) => orderId === row.id);
    return {
      id: row.id,
      reference: row.reference,
      state,
      currency: "EUR",
      totalCents: row.total_cents,
      createdAt: row.created_at,
      holdExpiresAt: isUnpaid(state) ? row.hold_expires_at : null,
      paidAt: row.paid_at,
      paidLate: row.paid_at !== null && row.was_over === true,
      payment: payment === undefined ? null : { id: payment.id, state: toPaymentState(payment.state) },
      refunds: refunds.filter(({ order_id: orderId }) => orderId === row.id).map(toRefund),
      lines: toLines(lines.filter(({ order_id: orderId }) => orderId === row.id)),
    };
  });
}

const toRefund = (row: Awaited<ReturnType<typeof selectRefundsOfOrders>>[number]): OrderFacts["refunds"][number] => ({
  id: row.id,
  amountCents: row.amount_cents,
  reason: toRefundReason(row.reason),
  state: toRefundState(row.state),
  createdAt: row.created_at,
  settledAt: row.settled_at,
});

function toLines(rows: Awaited<ReturnType<typeof selectOrderLines>>): OrderLineFacts[] {
  const lines = new Map<string, OrderLineFacts>();
  for (const row of rows) {
    const line = lines.get(row.id) ?? {
      id: row.id,
      offerId: row.offer_id,
      ...toOfferName(row),
      quantity: row.quantity,
      unitPriceCents: row.unit_price_cents,
      totalCents: row.unit_price_cents * row.quantity,
      entries: [],
    };
    line.entries.push({ competitionSession: toCompetitionSession(row), category: toCategory(row.category) });
    lines.set(row.id, line);
  }
  return [...lines.values()];
}
