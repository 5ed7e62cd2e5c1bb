import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";

/**
 * `refundId` is null for a sale. The order is locked by the transaction: its first entry counts it, and what leaves none
 * of its tickets takes it back.
 */
export async function insertLedgerEntries(
  trx: Transaction<Database>,
  posting: {
    orderId: string;
    paymentId: string;
    refundId: string | null;
    at: Date;
    entries: readonly {
      id: string;
      offerId: string;
      competitionSessionId: string;
      tickets: number;
      amountCents: number;
      taxCents: number;
    }[];
  },
): Promise<void> {
  const { orderId, paymentId, refundId, at, entries } = posting;
  await trx
    .insertInto("ledger_entry")
    .values(
      entries.map((entry) => ({
        id: entry.id,
        posted_at: at,
        order_id: orderId,
        payment_id: paymentId,
        refund_id: refundId,
        offer_id: entry.offerId,
        competition_session_id: entry.competitionSessionId,
        kind: refundId === null ? "sale" : "refund",
        tickets: entry.tickets,
        amount_cents: entry.amountCents,
        tax_cents: entry.taxCents,
      })),
    )
    .execute();
  const orders = await countOrder(trx, posting);
  await trx
    .insertInto("sales_delta")
    .values(
      entries.map((entry, index) => ({
        offer_id: entry.offerId,
        competition_session_id: entry.competitionSessionId,
        day: at.toISOString().slice(0, 10),
        tickets: entry.tickets,
        amount_cents: entry.amountCents,
        tax_cents: entry.taxCents,
        orders: index === 0 ? orders : 0,
      })),
    )
    .execute();
}

/** 1 for a sale; -1 for the return of the last tickets that an order had by what is posted, these included. */
async function countOrder(
  trx: Transaction<Database>,
  { orderId, refundId }: { orderId: string; refundId: string | null },
) {
  if (refundId === null) return 1;
  const { left } = await trx
    .selectFrom("ledger_entry")
    .select(sql<number>`sum(tickets)::bigint`.as("left"))
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
  return left > 0 ? 0 : -1;
}

/**
 * Folds deltas into sums: delete and upsert in one statement, so that a reader sees each amount in one of the two and never
 * in both or neither. Gives how many deltas were folded.
 */
export async function foldDeltas(db: Kysely<Database>, limit: number): Promise<number> {
  const { rows } = await sql<{ folded: number }>`
    with folded as (
      delete from sales_delta
      where id in (select id from sales_delta order by id limit ${limit} for update skip locked)
      returning offer_id, competition_session_id, day, tickets, amount_cents, tax_cents, orders
    ), summed as (
      insert into sales_sum (offer_id, competition_session_id, day, tickets, amount_cents, tax_cents, orders)
      select offer_id, competition_session_id, day, sum(tickets), sum(amount_cents), sum(tax_cents), sum(orders)
      from folded
      group by offer_id, competition_session_id, day
      order by offer_id, competition_session_id, day
      on conflict on constraint sales_sum_pkey do update
      set tickets = sales_sum.tickets + excluded.tickets, amount_cents = sales_sum.amount_cents + excluded.amount_cents,
        tax_cents = sales_sum.tax_cents + excluded.tax_cents, orders = sales_sum.orders + excluded.orders
    )
    select count(*)::integer as folded from folded`.execute(db);
  return rows[0]?.folded ?? 0;
}
