import type { RefundReason, RefundState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { refundChanges, toRefundState } from "./refund.ts";

export type NewRefund = {
  id: string;
  paymentId: string;
  amountCents: number;
  reason: RefundReason;
  createdAt: Date;
  eventId: string;
  /** Null where nobody asked for it. */
  request: {
    requestedBy: string;
    /** Null where it is one of many that were asked for together. */
    idempotencyKey: string | null;
    note: string;
  } | null;
};

export async function insertRefund(trx: Transaction<Database>, refund: NewRefund): Promise<void> {
  await trx
    .insertInto("refund")
    .values({
      id: refund.id,
      payment_id: refund.paymentId,
      amount_cents: refund.amountCents,
      reason: refund.reason,
      state: "requested",
      requested_by: refund.request?.requestedBy ?? null,
      idempotency_key: refund.request?.idempotencyKey ?? null,
      note: refund.request?.note ?? null,
      created_at: refund.createdAt,
    })
    .execute();
  const { id: refundId, eventId, createdAt: at } = refund;
  await insertHistory(trx, { refundId, eventId, state: "requested", at });
}

/** What was asked to be paid back of a payment, in cents, whatever has become of it. */
export async function sumRefunds(trx: Transaction<Database>, paymentId: string): Promise<number> {
  const { cents } = await trx
    .selectFrom("refund")
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>("amount_cents"), sql<string>`0`).as("cents"))
    .where("payment_id", "=", paymentId)
    .executeTakeFirstOrThrow();
  return Number(cents);
}

/** Says which tickets a refund is for: each is paid back once. */
export async function insertRefundTickets(
  trx: Transaction<Database>,
  refundId: string,
  tickets: readonly { id: string; competitionSessionId: string }[],
): Promise<void> {
  await trx
    .insertInto("refund_ticket")
    .values(
      tickets.map(({ id, competitionSessionId }) => ({
        competition_session_id: competitionSessionId,
        ticket_id: id,
        refund_id: refundId,
      })),
    )
    .execute();
}

/** Whether an order has tickets that were not given back. */
export async function hasTicketsLeft(trx: Transaction<Database>, orderId: string): Promise<boolean> {
  const left = await trx
    .selectFrom("ticket")
    .leftJoin("refund_ticket", (join) =>
      join
        .onRef("refund_ticket.competition_session_id", "=", "ticket.competition_session_id")
        .onRef("refund_ticket.ticket_id", "=", "ticket.id"),
    )
    .select("ticket.id")
    .where("ticket.order_id", "=", orderId)
    .where("refund_ticket.ticket_id", "is", null)
    .limit(1)
    .executeTakeFirst();
  return left !== undefined;
}

const refundColumns = ["id", "payment_id", "state", "amount_cents", "created_at", "attempted_at"] as const;

/** How often a refund was asked for: 1, and one more after each time that it failed and was asked for again. */
const attempt = sql<number>`(select count(*)::integer from refund_history
  where refund_history.refund_id = refund.id and refund_history.state = 'requested')`;

/** With its current attempt; locked until the transaction ends, after its order and its payment. */
export async function lockRefund(trx: Transaction<Database>, refundId: string) {
  return trx
    .selectFrom("refund")
    .select([...refundColumns, attempt.as("attempt")])
    .where("id", "=", refundId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The order and the payment that a refund is for. */
export async function selectRefund(db: Kysely<Database>, refundId: string) {
  return db
    .selectFrom("refund")
    .innerJoin("payment", "payment.id", "refund.payment_id")
    .select(["refund.id", "refund.payment_id", "payment.order_id"])
    .where("refund.id", "=", refundId)
    .executeTakeFirst();
}

/** What an admin asked for under this key, if it was granted. */
export async function selectRefundByKey(
  db: Kysely<Database>,
  { requestedBy, idempotencyKey }: { requestedBy: string; idempotencyKey: string },
) {
  return db
    .selectFrom("refund")
    .select("id")
    .where("requested_by", "=", requestedBy)
    .where("idempotency_key", "=", idempotencyKey)
    .executeTakeFirst();
}

/** The refunds of orders, newest first. */
export async function selectRefundsOfOrders(db: Kysely<Database>, orderIds: readonly string[]) {
  return db
    .selectFrom("refund")
    .innerJoin("payment", "payment.id", "refund.payment_id")
    .select([
      "payment.order_id",
      "refund.id",
      "refund.amount_cents",
      "refund.reason",
      "refund.state",
      "refund.created_at",
      "refund.settled_at",
    ])
    .where("payment.order_id", "in", orderIds)
    .orderBy("refund.created_at", "desc")
    .orderBy("refund.id", "desc")
    .execute();
}

/**
 * Changes a refund's state, with its history. The refund is locked. Throws `conflict` for a change that is not allowed.
 * Asked for again, it counts as never tried.
 */
export async function changeRefund(
  trx: Transaction<Database>,
  refund: { id: string; state: string },
  change: { state: RefundState; eventId: string; at: Date; providerRefundId?: string | null },
): Promise<void> {
  const { state, eventId, at, providerRefundId } = change;
  refundChanges.assert(toRefundState(refund.state), state);
  const isSettled = state === "succeeded" || state === "failed";
  await trx
    .updateTable("refund")
    .set({
      state,
      settled_at: isSettled ? at : null,
      ...(state === "requested" && { attempted_at: null }),
      ...(providerRefundId !== undefined && { provider_refund_id: providerRefundId }),
    })
    .where("id", "=", refund.id)
    .execute();
  await insertHistory(trx, { refundId: refund.id, eventId, state, at });
}

async function insertHistory(
  trx: Transaction<Database>,
  { refundId, eventId, state, at }: { refundId: string; eventId: string; state: RefundState; at: Date },
): Promise<void> {
  await trx.insertInto("refund_history").values({ refund_id: refundId, id: eventId, state, at }).execute();
}

export type ClaimedRefund = {
  id: string;
  payment_id: string;
  order_id: string;
  amount_cents: number;
  provider_payment_id: string | null;
  attempt: number;
};

/**
 * Takes the next refund that is to be sent, and marks it as tried, so that another node takes another one. One that was
 * tried waits as long again as it has waited until then: 5 seconds at least, 10 minutes at most. One that was sent is
 * taken too when nobody has told for an hour how it ended: asked again, the provider says how it stands.
 */
export async function claimRequestedRefund(
  db: Kysely<Database>,
  { provider, now }: { provider: string; now: Date },
): Promise<ClaimedRefund | undefined> {
  const { rows } = await sql<ClaimedRefund>`
    with claimed as (
      update refund set attempted_at = ${now}
      where id = (
        select refund.id from refund join payment on payment.id = refund.payment_id
        where payment.provider = ${provider}
          and (refund.state = 'requested' and (refund.attempted_at is null
              or refund.attempted_at + greatest(least(refund.attempted_at - refund.created_at, interval '10 minutes'),
                interval '5 seconds') <= ${now})
            or refund.state = 'sent' and refund.attempted_at + interval '1 hour' <= ${now})
        order by refund.attempted_at nulls first, refund.id
        limit 1
        for update of refund skip locked)
      returning id, payment_id, amount_cents, ${attempt} as attempt
    )
    select claimed.id, claimed.payment_id, payment.order_id, claimed.amount_cents, payment.provider_payment_id,
      claimed.attempt
    from claimed join payment on payment.id = claimed.payment_id`.execute(db);
  return rows[0];
}
