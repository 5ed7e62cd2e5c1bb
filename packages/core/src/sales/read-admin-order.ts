import { type adminOrder, type Facts, ticketStep } from "@tessera/contracts";
import { toCategory, toCompetitionSession } from "../catalogue/rows.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { toTicketState } from "../tickets/ticket.ts";
import { refundableStates, toPaymentState } from "./payment.ts";
import {
  selectBuyer,
  selectHistory,
  selectIssuedTickets,
  selectPayments,
  selectRefunds,
} from "./read-admin-order.queries.ts";
import { readOrder } from "./read-orders.ts";
import { toRefundReason, toRefundState } from "./refund.ts";
import { selectTicketSteps } from "./ticket-history.queries.ts";

export type AdminOrderFacts = Facts<typeof adminOrder>;

/**
 * Anybody's order as an organiser sees it: what the buyer sees of it, its tickets, every payment and refund, and the
 * history of them all. Throws `not_found`.
 */
export async function readAdminOrder(
  ctx: Pick<CoreContext, "db">,
  { orderId }: { orderId: string },
): Promise<AdminOrderFacts> {
  const buyer = await selectBuyer(ctx.db, orderId);
  if (buyer === undefined) throw new CodedError("not_found");
  const { account_id: accountId, display_name: displayName, email } = buyer;
  const [order, tickets, steps, payments, refunds, history] = await Promise.all([
    readOrder(ctx, { accountId }, { orderId }),
    selectIssuedTickets(ctx.db, orderId),
    selectTicketSteps(ctx.db, orderId),
    selectPayments(ctx.db, orderId),
    selectRefunds(ctx.db, orderId),
    selectHistory(ctx.db, orderId),
  ]);
  const stepsOf = Map.groupBy(steps, ({ ticketId }) => ticketId);
  const canPayBack = payments.some(({ state }) => refundableStates.some((refundable) => refundable === state));
  return {
    order,
    buyer: displayName === null || email === null ? null : { accountId, displayName, email },
    tickets: tickets.map((row) => ({
      id: row.id,
      reference: row.reference,
      state: toTicketState(row.state),
      holderName: row.holder_name,
      holder:
        row.holder_display_name === null || row.holder_email === null
          ? null
          : { accountId: row.holder_account_id, displayName: row.holder_display_name, email: row.holder_email },
      category: toCategory(row.category),
      priceCents: row.price_cents,
      taxCents: row.tax_cents,
      competitionSession: toCompetitionSession(row),
      refundable: (canPayBack || row.price_cents === 0) && isToBePaidBack(row),
      blocked: row.blocked_at === null || row.block_note === null ? null : { at: row.blocked_at, note: row.block_note },
      history: (stepsOf.get(row.id) ?? []).map(({ ticketId: _ticketId, step, ...told }) => ({
        ...told,
        step: ticketStep.parse(step),
      })),
    })),
    payments: payments.map((row) => ({
      id: row.id,
      provider: row.provider,
      state: toPaymentState(row.state),
      amountCents: row.amount_cents,
      refundedCents: row.refunded_cents,
      createdAt: row.created_at,
      settledAt: row.settled_at,
    })),
    refunds: refunds.map((row) => ({
      id: row.id,
      paymentId: row.payment_id,
      amountCents: row.amount_cents,
      reason: toRefundReason(row.reason),
      state: toRefundState(row.state),
      note: row.note,
      requestedBy: row.requester_name,
      createdAt: row.created_at,
      attemptedAt: row.attempted_at,
      settledAt: row.settled_at,
    })),
    history,
  };
}

const isToBePaidBack = ({
  state,
  competition_session_state: of,
}: {
  state: string;
  competition_session_state: string;
}) => state === "issued" || (state === "admitted" && of === "cancelled");
