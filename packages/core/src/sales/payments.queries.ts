import type { Locale, PaymentState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import type { PaymentEvent, PaymentProvider } from "./payment-provider.ts";
import { paymentChanges, toPaymentState } from "./payment.ts";

const paymentColumns = [
  "payment.id",
  "payment.order_id",
  "payment.provider",
  "payment.state",
  "payment.amount_cents",
  "payment.created_at",
  "payment.settled_at",
  "payment.page_expires_at",
  "payment.provider_page_id",
  "payment.provider_payment_id",
  "payment.locale",
] as const;

export async function selectPayment(db: Kysely<Database>, paymentId: string) {
  return db
    .selectFrom("payment")
    .innerJoin("order", "order.id", "payment.order_id")
    .select([...paymentColumns, "order.reference"])
    .where("payment.id", "=", paymentId)
    .executeTakeFirst();
}

/** The attempt whose page may be open, so that money may be on its way: an order has one at most. */
export async function selectPendingPayment(db: Kysely<Database>, orderId: string) {
  return db
    .selectFrom("payment")
    .innerJoin("order", "order.id", "payment.order_id")
    .select([...paymentColumns, "order.reference"])
    .$narrowType<{ locale: Locale }>()
    .where("payment.order_id", "=", orderId)
    .where("payment.state", "=", "pending")
    .executeTakeFirst();
}

/** The payment that an order's tickets were bought with, as long as there is money of it left; locked with the order. */
export async function selectRefundablePayment(
  trx: Transaction<Database>,
  { orderId, states }: { orderId: string; states: readonly PaymentState[] },
) {
  return trx
    .selectFrom("payment")
    .select(paymentColumns)
    .where("order_id", "=", orderId)
    .where("state", "in", states)
    .orderBy("id")
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function insertPayment(
  trx: Transaction<Database>,
  payment: {
    id: string;
    orderId: string;
    provider: PaymentProvider["name"];
    amountCents: number;
    createdAt: Date;
    pageExpiresAt: Date;
    locale: Locale;
    eventId: string;
  },
): Promise<void> {
  await trx
    .insertInto("payment")
    .values({
      id: payment.id,
      order_id: payment.orderId,
      provider: payment.provider,
      state: "pending",
      amount_cents: payment.amountCents,
      created_at: payment.createdAt,
      page_expires_at: payment.pageExpiresAt,
      locale: payment.locale,
    })
    .execute();
  await insertHistory(trx, {
    paymentId: payment.id,
    eventId: payment.eventId,
    state: "pending",
    at: payment.createdAt,
  });
}

export async function lockPayment(trx: Transaction<Database>, paymentId: string) {
  return trx
    .selectFrom("payment")
    .select(paymentColumns)
    .where("id", "=", paymentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * Changes a payment's state, with its history. The payment is locked, or its order is. `settledAt` is when its provider
 * has said so; left out, that stays as it was. Throws `conflict` for a change that is not allowed.
 */
export async function changePayment(
  trx: Transaction<Database>,
  payment: { id: string; state: string },
  change: { state: PaymentState; eventId: string; at: Date; settledAt?: Date; providerPaymentId?: string | null },
): Promise<void> {
  const { state, eventId, at, settledAt, providerPaymentId } = change;
  paymentChanges.assert(toPaymentState(payment.state), state);
  await trx
    .updateTable("payment")
    .set({
      state,
      ...(settledAt !== undefined && { settled_at: settledAt }),
      ...(providerPaymentId !== undefined && { provider_payment_id: providerPaymentId }),
    })
    .where("id", "=", payment.id)
    .execute();
  await insertHistory(trx, { paymentId: payment.id, eventId, state, at });
}

async function insertHistory(
  trx: Transaction<Database>,
  { paymentId, eventId, state, at }: { paymentId: string; eventId: string; state: PaymentState; at: Date },
): Promise<void> {
  await trx.insertInto("payment_history").values({ payment_id: paymentId, id: eventId, state, at }).execute();
}

/** The provider has confirmed how a payment ended that we had ended by ourselves. */
export async function markSettled(trx: Transaction<Database>, paymentId: string, at: Date): Promise<void> {
  await trx.updateTable("payment").set({ settled_at: at }).where("id", "=", paymentId).execute();
}

/** Keeps the provider's name for a payment's page, and gives how the payment stands by then. */
export async function markPage(
  db: Kysely<Database>,
  { paymentId, pageId }: { paymentId: string; pageId: string },
): Promise<PaymentState> {
  const { state } = await db
    .updateTable("payment")
    .set({ provider_page_id: pageId })
    .where("id", "=", paymentId)
    .returning("state")
    .executeTakeFirstOrThrow();
  return toPaymentState(state);
}

/** Stores an event of a provider; false if it was stored before, and so has been applied. */
export async function insertPaymentEvent(
  trx: Transaction<Database>,
  { event, provider, receivedAt }: { event: PaymentEvent; provider: string; receivedAt: Date },
): Promise<boolean> {
  const inserted = await trx
    .insertInto("payment_event")
    .values({
      provider,
      id: event.id,
      payment_id: event.paymentId,
      refund_id: "refundId" in event ? event.refundId : null,
      kind: event.kind,
      received_at: receivedAt,
    })
    .onConflict((conflict) => conflict.constraint("payment_event_pkey").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}
