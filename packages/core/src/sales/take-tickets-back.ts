import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { findLiveAccount } from "../accounts/accounts.queries.ts";
import { demandAdmin } from "../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { newId } from "../ids.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { changeTickets } from "../tickets/change-tickets.ts";
import { selectMailTickets, uncountReceivedSeats } from "../tickets/hand-overs/hand-overs.queries.ts";
import { lockTicketStates, selectTicketsOfOrder } from "../tickets/tickets.queries.ts";
import { addTaken, reduceHolds } from "./holds.queries.ts";
import { postRefund } from "./ledger.ts";
import { changeOrder, type LockedOrder } from "./orders.queries.ts";
import { refundableStates } from "./payment.ts";
import { selectRefundablePayment } from "./payments.queries.ts";
import { hasTicketsLeft, insertRefundTickets, type NewRefund } from "./refunds.queries.ts";
import { requestRefund } from "./request-refund.ts";
import { lockAccounts, lockSeatPools } from "./reservations.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

type Wish = {
  /** Locked by the transaction. */
  order: LockedOrder;
  ticketIds: readonly string[];
  reason: "organiser" | "session_cancelled";
  request: NonNullable<NewRefund["request"]>;
};

/**
 * Takes tickets of one order back: they are cancelled, their seats are free again and no longer count for the buyer or for
 * who has received them, and the ledger has what was sold once more, negative. With the mails to the buyer and to holders
 * who are somebody else; the money is marked to be sent. Who was admitted already is paid back only when the competition
 * session is cancelled: then nobody has seen what was paid for. Gives the refund's id; throws as `refundTickets`.
 */
export async function takeTicketsBack(ctx: Parts, trx: Transaction<Database>, wish: Wish): Promise<string> {
  const { order, ticketIds, reason, request } = wish;
  const orderId = order.id;
  const tickets = await selectTicketsOfOrder(trx, { orderId, ticketIds });
  const amountCents = tickets.reduce((sum, { priceCents }) => sum + priceCents, 0);
  // Free tickets may be all that is left of an order whose money is back.
  const payment =
    (await selectRefundablePayment(trx, { orderId, states: refundableStates })) ??
    (amountCents === 0 ? await selectRefundablePayment(trx, { orderId, states: ["refunded"] }) : undefined);
  if (payment === undefined || tickets.length < ticketIds.length) throw new CodedError("ticket_not_refundable");
  const pools = tickets.map(({ seatPoolId }) => ({ seatPoolId, seats: 1 }));
  await lockSeatPools(
    trx,
    pools.map(({ seatPoolId }) => seatPoolId),
  );
  // Also of those who are only told: a mail to who is deleted meanwhile would keep their address.
  const holders = new Set(tickets.map(({ holderAccountId }) => holderAccountId));
  await lockAccounts(trx, [order.account_id, request.requestedBy, ...holders]);
  // What a cancelled competition session brings with it was decided, and written down, when it was cancelled.
  if (reason === "organiser") await demandAdmin(trx, { accountId: request.requestedBy });
  const locked = await lockTicketStates(trx, ticketIds);
  const cancelled = new Set(tickets.filter(({ isCancelled }) => isCancelled).map(({ id }) => id));
  for (const { id, state, holderAccountId } of locked) {
    const isRefundable = state === "issued" || (state === "admitted" && cancelled.has(id));
    if (!isRefundable) throw new CodedError("ticket_not_refundable", { ticketId: id, state });
    if (!holders.has(holderAccountId)) throw new CodedError("ticket_changed", { ticketId: id });
  }

  const at = ctx.clock();
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
  const refund = { order, payment, amountCents, reason, request, tickets: tickets.length, at };
  const refundId = await requestRefund(ctx, trx, refund);
  await insertRefundTickets(trx, refundId, tickets);
  await tellHolders(ctx, trx, wish, locked);
  // By tickets and not by money: one that was free may be left when all of the money goes back.
  const isWhole = !(await hasTicketsLeft(trx, orderId));
  await changeOrder(trx, order, { state: isWhole ? "refunded" : "partly_refunded", eventId: newId(ctx), at });
  await postRefund(ctx, trx, { orderId, paymentId: payment.id, refundId, tickets, at });
  if (reason === "organiser") {
    await writeAuditEntry(trx, ctx, {
      action: "order.refunded",
      actorId: request.requestedBy,
      subjectId: orderId,
      details: { refundId, tickets: tickets.length, amountCents },
    });
  }
  return refundId;
}

/** The buyer is told with the money; whoever was given a ticket of the order has one mail for all of theirs. */
async function tellHolders(
  ctx: Parts,
  trx: Transaction<Database>,
  { order, reason }: Wish,
  tickets: readonly { id: string; holderAccountId: string }[],
): Promise<void> {
  const given = tickets.filter(({ holderAccountId }) => holderAccountId !== order.account_id);
  for (const [accountId, theirs] of Map.groupBy(given, ({ holderAccountId }) => holderAccountId)) {
    const holder = await findLiveAccount(trx, accountId);
    if (holder === undefined) continue;
    await queueMail(trx, ctx, {
      to: holder.email,
      locale: holder.locale,
      accountId,
      content: {
        template: "tickets_cancelled",
        tickets: await selectMailTickets(
          trx,
          theirs.map(({ id }) => id),
        ),
        reason: reason === "organiser" ? "refunded" : reason,
      },
    });
  }
}
