import { refundIdInput, type RefundTicketsInput } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { demandAdmin } from "../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { idempotent } from "../idempotency/idempotent.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { changeTickets } from "../tickets/change-tickets.ts";
import { uncountReceivedSeats } from "../tickets/hand-overs/hand-overs.queries.ts";
import { lockTicketStates, selectTicketsOfOrder } from "../tickets/tickets.queries.ts";
import { addTaken, reduceHolds } from "./holds.queries.ts";
import { postRefund } from "./ledger.ts";
import { changeOrder, lockOrder } from "./orders.queries.ts";
import { refundableStates } from "./payment.ts";
import { selectRefundablePayment } from "./payments.queries.ts";
import {
  changeRefund,
  hasTicketsLeft,
  insertRefundTickets,
  lockRefund,
  selectRefund,
  selectRefundByKey,
} from "./refunds.queries.ts";
import { requestRefund } from "./request-refund.ts";
import { lockAccounts, lockSeatPools } from "./reservations.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * An admin pays tickets of one order back, also free ones, for nothing: they are cancelled, their seats are free again and no longer count for the
 * buyer, and the ledger has what was sold once more, negative; all in one transaction, with the mail to the buyer. The
 * money is sent after the commit (`sendRequestedRefunds`). Gives the refund's id.
 *
 * Errors: `not_found`; `ticket_not_refundable`, with the ticket where it is one, unless all are issued, of this order and
 * of a payment that can be paid back; `forbidden` for who has just lost the right to; `idempotency_key_reused`;
 * `request_under_way`.
 */
export async function refundTickets(
  ctx: Parts,
  { accountId }: Pick<Actor, "accountId">,
  { idempotencyKey, ...wanted }: RefundTicketsInput,
): Promise<{ refundId: string }> {
  const { orderId, ticketIds, note } = wanted;
  return idempotent(
    ctx,
    { accountId, idempotencyKey, operation: "refund_tickets", body: { orderId, ticketIds, note } },
    () =>
      ctx.db.transaction().execute(async (trx) => {
        const order = await lockOrder(trx, orderId);
        if (order === undefined) throw new CodedError("not_found");
        const done = await selectRefundByKey(trx, { requestedBy: accountId, idempotencyKey });
        if (done !== undefined) return { refundId: done.id };
        const request = { requestedBy: accountId, idempotencyKey, note };
        return { refundId: await refundUnderLock(ctx, trx, { order, ticketIds, request }) };
      }),
    (stored) => refundIdInput.parse(stored),
  );
}

type Order = NonNullable<Awaited<ReturnType<typeof lockOrder>>>;

async function refundUnderLock(
  ctx: Parts,
  trx: Transaction<Database>,
  {
    order,
    ticketIds,
    request,
  }: {
    order: Order;
    ticketIds: readonly string[];
    request: { requestedBy: string; idempotencyKey: string; note: string };
  },
): Promise<string> {
  const at = ctx.clock();
  const orderId = order.id;
  const tickets = await selectTicketsOfOrder(trx, { orderId, ticketIds });
  const amountCents = tickets.reduce((sum, { priceCents }) => sum + priceCents, 0);
  // Free tickets may be all that is left of an order whose money is back.
  const payment =
    (await selectRefundablePayment(trx, { orderId, states: refundableStates })) ??
    (amountCents === 0 ? await selectRefundablePayment(trx, { orderId, states: ["refunded"] }) : undefined);
  if (payment === undefined || tickets.length < ticketIds.length) {
    throw new CodedError("ticket_not_refundable");
  }
  const pools = tickets.map(({ seatPoolId }) => ({ seatPoolId, seats: 1 }));
  await lockSeatPools(
    trx,
    pools.map(({ seatPoolId }) => seatPoolId),
  );
  // The buyer's too: a mail to who is deleted meanwhile would keep their address.
  await lockAccounts(trx, [order.account_id, request.requestedBy]);
  await demandAdmin(trx, { accountId: request.requestedBy });
  const locked = await lockTicketStates(trx, ticketIds);
  const used = locked.find(({ state }) => state !== "issued");
  if (used !== undefined) throw new CodedError("ticket_not_refundable", { ticketId: used.id, state: used.state });

  await changeTickets(ctx, trx, locked, { state: "cancelled", at });
  await addTaken(
    trx,
    pools.map(({ seatPoolId }) => ({ seatPoolId, seats: -1 })),
  );
  await reduceHolds(trx, orderId, pools);
  await uncountReceivedSeats(
    trx,
    tickets.map(({ id }) => id),
  );
  const refund = { order, payment, amountCents, reason: "organiser" as const, request, tickets: tickets.length, at };
  const refundId = await requestRefund(ctx, trx, refund);
  await insertRefundTickets(trx, refundId, tickets);
  // By tickets and not by money: one that was free may be left when all of the money goes back.
  const isWhole = !(await hasTicketsLeft(trx, orderId));
  await changeOrder(trx, order, { state: isWhole ? "refunded" : "partly_refunded", eventId: newId(ctx), at });
  await postRefund(ctx, trx, { orderId, paymentId: payment.id, refundId, tickets, at });
  await writeAuditEntry(trx, ctx, {
    action: "order.refunded",
    actorId: request.requestedBy,
    subjectId: orderId,
    details: { refundId, tickets: tickets.length, amountCents },
  });
  return refundId;
}

/**
 * An admin has a refund tried again that the provider has refused. Gives its order's id. Errors: `not_found`; `conflict`
 * unless it has failed; `forbidden` for who has just lost the right to.
 */
export async function retryRefund(
  ctx: Parts,
  actor: Pick<Actor, "accountId">,
  { refundId }: { refundId: string },
): Promise<{ orderId: string }> {
  const known = await selectRefund(ctx.db, refundId);
  if (known === undefined) throw new CodedError("not_found");
  const { order_id: orderId } = known;
  await ctx.db.transaction().execute(async (trx) => {
    await lockOrder(trx, orderId);
    await demandAdmin(trx, actor);
    const refund = await lockRefund(trx, refundId);
    if (refund === undefined) throw new CodedError("not_found");
    await changeRefund(trx, refund, { state: "requested", eventId: newId(ctx), at: ctx.clock() });
    await writeAuditEntry(trx, ctx, {
      action: "refund.retried",
      actorId: actor.accountId,
      subjectId: refundId,
      details: { orderId },
    });
  });
  return { orderId };
}
