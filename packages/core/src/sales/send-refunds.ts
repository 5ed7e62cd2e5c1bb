import type { CoreContext } from "../context.ts";
import { markRefundAttempt, selectRequestedRefunds, updatePayment, updateRefund } from "./payments.queries.ts";

/**
 * Sends the refunds that are marked. The provider knows each by its id, and so one that was sent before a crash is not
 * paid twice. Gives how many were settled; one that fails stays marked for the next run, and is reported.
 */
export async function sendRequestedRefunds(
  ctx: Pick<CoreContext, "db" | "clock" | "payments">,
): Promise<{ settled: number; failed: { refundId: string; cause: unknown }[] }> {
  let settled = 0;
  const failed: { refundId: string; cause: unknown }[] = [];
  for (const refund of await selectRequestedRefunds(ctx.db)) {
    const { id: refundId, payment_id: paymentId, amount_cents: amountCents } = refund;
    try {
      await ctx.payments.refund({ refundId, paymentId, amountCents });
    } catch (cause) {
      await markRefundAttempt(ctx.db, refundId, ctx.clock());
      failed.push({ refundId, cause });
      continue;
    }
    const settledAt = ctx.clock();
    await ctx.db.transaction().execute(async (trx) => {
      if (!(await updateRefund(trx, { refundId, settledAt }))) return;
      await updatePayment(trx, { paymentId, state: "refunded", settledAt });
      settled += 1;
    });
  }
  return { settled, failed };
}
