import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { lockOrder } from "./orders.queries.ts";
import type { PaymentProvider } from "./payment-provider.ts";
import { refundChanges, toRefundState } from "./refund.ts";
import { changeRefund, type ClaimedRefund, claimRequestedRefund, lockRefund } from "./refunds.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "payments">;
type Sent = Awaited<ReturnType<PaymentProvider["refund"]>>;

export type RefundRun = { sent: number; failed: { refundId: string; cause: unknown }[] };

const mostAtOnce = 100;

/**
 * Sends the refunds that are marked, each outside any transaction. The provider knows each by its id, and so one that was
 * sent before a crash is not paid twice. One that the provider refuses fails, until an admin has it tried again; one that
 * it does not answer for stays marked, is tried again after a while, and ends the run. One that was sent is asked about
 * after an hour, in case its webhook was lost. 100 at most.
 */
export async function sendRequestedRefunds(ctx: Parts, signal?: AbortSignal): Promise<RefundRun> {
  const run: RefundRun = { sent: 0, failed: [] };
  for (let tried = 0; tried < mostAtOnce; tried += 1) {
    if (signal?.aborted === true) return run;
    const refund = await claimRequestedRefund(ctx.db, { provider: ctx.payments.name, now: ctx.clock() });
    if (refund === undefined) return run;
    let sent: Sent;
    try {
      sent = await ctx.payments.refund({
        refundId: refund.id,
        attempt: refund.attempt,
        paymentId: refund.payment_id,
        providerPaymentId: refund.provider_payment_id,
        amountCents: refund.amount_cents,
      });
    } catch (cause) {
      run.failed.push({ refundId: refund.id, cause });
      return run;
    }
    await keepAnswer(ctx, refund, sent);
    if (sent.state === "failed") {
      run.failed.push({ refundId: refund.id, cause: new Error("the provider has refused the refund") });
    } else run.sent += 1;
  }
  return run;
}

/** A webhook may have been quicker: what it said stays. So does the next attempt, which has an answer of its own. */
async function keepAnswer(ctx: Parts, refund: ClaimedRefund, { state, providerRefundId }: Sent): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await lockOrder(trx, refund.order_id);
    const known = await lockRefund(trx, refund.id);
    if (known?.attempt !== refund.attempt || !refundChanges.allows(toRefundState(known.state), state)) return;
    await changeRefund(trx, known, { state, providerRefundId, eventId: newId(ctx), at: ctx.clock() });
  });
}
