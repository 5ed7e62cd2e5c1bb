import type { RefundReason } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { findLiveAccount } from "../accounts/accounts.queries.ts";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { appLink, queueMail } from "../mail/queue-mail.ts";
import { changePayment } from "./payments.queries.ts";
import { changeRefund, insertRefund, type NewRefund, sumRefunds } from "./refunds.queries.ts";

type Parts = Pick<CoreContext, "clock" | "random" | "keyring" | "policy">;

export type WantedRefund = {
  order: { id: string; reference: string; account_id: string };
  payment: { id: string; state: string; amount_cents: number };
  /** 0 for tickets that were free. */
  amountCents: number;
  reason: RefundReason;
  request: NewRefund["request"];
  /** How many tickets it takes back. */
  tickets: number;
  at: Date;
};

/**
 * Marks money to be paid back, with the state of its payment and the mail that tells the buyer, in one transaction; it is
 * sent after the commit (`sendRequestedRefunds`). Where there is none it is done at once, and its payment stays as it is. The order is locked. Gives the refund's id.
 */
export async function requestRefund(ctx: Parts, trx: Transaction<Database>, wanted: WantedRefund): Promise<string> {
  const { payment, amountCents, reason, request, at } = wanted;
  const refundId = newId(ctx);
  await insertRefund(trx, {
    id: refundId,
    paymentId: payment.id,
    amountCents,
    reason,
    request,
    createdAt: at,
    eventId: newId(ctx),
  });
  if (amountCents === 0) {
    await changeRefund(trx, { id: refundId, state: "requested" }, { state: "succeeded", eventId: newId(ctx), at });
  } else {
    const isWhole = (await sumRefunds(trx, payment.id)) >= payment.amount_cents;
    await changePayment(trx, payment, { state: isWhole ? "refunded" : "partly_refunded", eventId: newId(ctx), at });
  }
  await tellBuyer(ctx, trx, wanted);
  return refundId;
}

async function tellBuyer(
  ctx: Parts,
  trx: Transaction<Database>,
  { order, amountCents, reason, tickets }: WantedRefund,
): Promise<void> {
  const buyer = await findLiveAccount(trx, order.account_id);
  if (buyer === undefined) return;
  await queueMail(trx, ctx, {
    to: buyer.email,
    locale: buyer.locale,
    accountId: buyer.id,
    content: {
      template: "order_refunded",
      reference: order.reference,
      amountCents,
      reason,
      tickets,
      orderLink: appLink(ctx, "shop", `orders/${order.id}`),
    },
  });
}
