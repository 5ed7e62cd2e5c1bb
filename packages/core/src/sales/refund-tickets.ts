import { refundIdInput, type RefundTicketsInput } from "@tessera/contracts";
import { demandAdmin } from "../accounts/staff/change-employee.ts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { idempotent } from "../idempotency/idempotent.ts";
import { newId } from "../ids.ts";
import type { Actor } from "../ports.ts";
import { lockOrder } from "./orders.queries.ts";
import { changeRefund, lockRefund, selectRefund, selectRefundByKey } from "./refunds.queries.ts";
import { takeTicketsBack } from "./take-tickets-back.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * An admin pays tickets of one order back, also free ones, for nothing (`takeTicketsBack`). The money is sent after the
 * commit (`sendRequestedRefunds`). Gives the refund's id.
 *
 * Errors: `not_found`; `ticket_not_refundable`, with the ticket where it is one, unless all are issued (or were admitted
 * to a competition session that is cancelled), of this order and of a payment that can be paid back; `ticket_changed` for
 * one that goes to somebody else at this moment; `forbidden` for who has just lost the right to;
 * `idempotency_key_reused`; `request_under_way`.
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
        return { refundId: await takeTicketsBack(ctx, trx, { order, ticketIds, reason: "organiser", request }) };
      }),
    (stored) => refundIdInput.parse(stored),
  );
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
