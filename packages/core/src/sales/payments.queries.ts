import type { PaymentState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
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
    .select(paymentColumns)
    .where("order_id", "=", orderId)
    .where("state", "=", "pending")
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

export async function markPage(
  db: Kysely<Database>,
  { paymentId, pageId }: { paymentId: string; pageId: string },
): Promise<void> {
  await db.updateTable("payment").set({ provider_page_id: pageId }).where("id", "=", paymentId).execute();
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

export type CheckedPayment = { id: string; provider: string; state: string; provider_page_id: string | null };

/**
 * Takes the next payment whose page is to be closed, since its order's time is over: the one that nobody has asked about
 * for longest, and no sooner than `askedBefore`. Marked as asked, and so another node takes another one.
 */
export async function claimOverduePayment(
  db: Kysely<Database>,
  { now, askedBefore }: { now: Date; askedBefore: Date },
): Promise<CheckedPayment | undefined> {
  const { rows } = await sql<CheckedPayment>`
    update payment set checked_at = ${now}
    where id = (
      select payment.id from payment join "order" on "order".id = payment.order_id
      where payment.state = 'pending' and payment.settled_at is null
        and "order".hold_expires_at <= ${now}
        and (payment.checked_at is null or payment.checked_at <= ${askedBefore})
      order by payment.checked_at nulls first, payment.page_expires_at
      limit 1
      for update of payment skip locked)
    returning id, provider, state, provider_page_id`.execute(db);
  return rows[0];
}

/**
 * Takes the next payment that nobody has told us about since `quietSince`. Those whose page is to be closed are left to
 * `claimOverduePayment`; those that we ended without knowing belong here until the provider has said what became of them.
 */
export async function claimQuietPayment(
  db: Kysely<Database>,
  { provider, now, quietSince }: { provider: string; now: Date; quietSince: Date },
): Promise<CheckedPayment | undefined> {
  const { rows } = await sql<CheckedPayment>`
    update payment set checked_at = ${now}
    where id = (
      select payment.id from payment join "order" on "order".id = payment.order_id
      where payment.settled_at is null and payment.provider = ${provider}
        and (payment.state <> 'pending' or "order".hold_expires_at > ${now})
        and coalesce(payment.checked_at, payment.created_at) <= ${quietSince}
      order by coalesce(payment.checked_at, payment.created_at)
      limit 1
      for update of payment skip locked)
    returning id, provider, state, provider_page_id`.execute(db);
  return rows[0];
}

/** Payments that are under way and whose page ended so long ago. */
export async function selectUnheardPayments(
  db: Kysely<Database>,
  { endedBefore, limit }: { endedBefore: Date; limit: number },
) {
  return db
    .selectFrom("payment")
    .select(["id", "order_id"])
    .where("state", "=", "pending")
    .where("settled_at", "is", null)
    .where("page_expires_at", "<=", endedBefore)
    .orderBy("page_expires_at")
    .limit(limit)
    .execute();
}
