import type { PaymentState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import type { PaymentEvent } from "./payment-provider.ts";

const paymentColumns = [
  "payment.id",
  "payment.order_id",
  "payment.provider",
  "payment.state",
  "payment.amount_cents",
  "payment.created_at",
] as const;

export async function selectPayment(db: Kysely<Database>, paymentId: string) {
  return db
    .selectFrom("payment")
    .innerJoin("order", "order.id", "payment.order_id")
    .select([...paymentColumns, "order.reference", "order.hold_expires_at"])
    .where("payment.id", "=", paymentId)
    .executeTakeFirst();
}

/** The order's attempt that is under way or was asked for with this key. The order is locked by the transaction. */
export async function selectPaymentToContinue(
  trx: Transaction<Database>,
  { orderId, idempotencyKey }: { orderId: string; idempotencyKey: string },
) {
  return trx
    .selectFrom("payment")
    .select(paymentColumns)
    .where("order_id", "=", orderId)
    .where((eb) => eb.or([eb("state", "=", "pending"), eb("idempotency_key", "=", idempotencyKey)]))
    .orderBy((eb) => eb("state", "=", "pending"), "desc")
    .executeTakeFirst();
}

/** Whether a provider's page is open for the order, so that money may be on its way. */
export async function hasPendingPayment(trx: Transaction<Database>, orderId: string): Promise<boolean> {
  const pending = await trx
    .selectFrom("payment")
    .select("id")
    .where("order_id", "=", orderId)
    .where("state", "=", "pending")
    .executeTakeFirst();
  return pending !== undefined;
}

export async function insertPayment(
  trx: Transaction<Database>,
  payment: {
    id: string;
    orderId: string;
    idempotencyKey: string;
    provider: "demo" | "stripe";
    amountCents: number;
    createdAt: Date;
  },
): Promise<void> {
  await trx
    .insertInto("payment")
    .values({
      id: payment.id,
      order_id: payment.orderId,
      idempotency_key: payment.idempotencyKey,
      provider: payment.provider,
      state: "pending",
      amount_cents: payment.amountCents,
      created_at: payment.createdAt,
    })
    .execute();
}

export async function lockPayment(trx: Transaction<Database>, paymentId: string) {
  return trx
    .selectFrom("payment")
    .select(paymentColumns)
    .where("id", "=", paymentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updatePayment(
  trx: Transaction<Database>,
  { paymentId, state, settledAt }: { paymentId: string; state: PaymentState; settledAt: Date },
): Promise<void> {
  await trx.updateTable("payment").set({ state, settled_at: settledAt }).where("id", "=", paymentId).execute();
}

/** Ends what is under way for an order whose seats are given back. */
export async function abandonPendingPayments(
  trx: Transaction<Database>,
  { orderId, settledAt }: { orderId: string; settledAt: Date },
): Promise<void> {
  await trx
    .updateTable("payment")
    .set({ state: "abandoned", settled_at: settledAt })
    .where("order_id", "=", orderId)
    .where("state", "=", "pending")
    .execute();
}

/** Stores an event of a provider; false if it was stored before, and so has been applied. */
export async function insertPaymentEvent(
  trx: Transaction<Database>,
  { event, provider, receivedAt }: { event: PaymentEvent; provider: string; receivedAt: Date },
): Promise<boolean> {
  const inserted = await trx
    .insertInto("payment_event")
    .values({ provider, id: event.id, payment_id: event.paymentId, kind: event.kind, received_at: receivedAt })
    .onConflict((conflict) => conflict.constraint("payment_event_pkey").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Why money goes back without anybody asking for it. */
export type RefundReason = "no_seats_left" | "limit_reached" | "not_on_sale" | "paid_twice" | "account_deleted";

export async function insertRefund(
  trx: Transaction<Database>,
  refund: {
    id: string;
    paymentId: string;
    amountCents: number;
    reason: RefundReason;
    createdAt: Date;
  },
): Promise<void> {
  await trx
    .insertInto("refund")
    .values({
      id: refund.id,
      payment_id: refund.paymentId,
      amount_cents: refund.amountCents,
      reason: refund.reason,
      state: "requested",
      created_at: refund.createdAt,
    })
    .execute();
}

export async function selectRequestedRefunds(db: Kysely<Database>) {
  return (
    db
      .selectFrom("refund")
      .select(["id", "payment_id", "amount_cents"])
      .where("state", "=", "requested")
      // One that fails waits behind those that were not tried yet.
      .orderBy("attempted_at", (order) => order.asc().nullsFirst())
      .orderBy("id")
      .limit(100)
      .execute()
  );
}

export async function markRefundAttempt(db: Kysely<Database>, refundId: string, at: Date): Promise<void> {
  await db.updateTable("refund").set({ attempted_at: at }).where("id", "=", refundId).execute();
}

export async function updateRefund(
  trx: Transaction<Database>,
  { refundId, settledAt }: { refundId: string; settledAt: Date },
): Promise<boolean> {
  const updated = await trx
    .updateTable("refund")
    .set({ state: "succeeded", settled_at: settledAt })
    .where("id", "=", refundId)
    .where("state", "=", "requested")
    .returning("id")
    .executeTakeFirst();
  return updated !== undefined;
}
