import type { Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";

/** `refundId` is null for a sale. */
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
  await trx
    .insertInto("sales_delta")
    .values(
      entries.map((entry) => ({
        offer_id: entry.offerId,
        competition_session_id: entry.competitionSessionId,
        day: at.toISOString().slice(0, 10),
        tickets: entry.tickets,
        amount_cents: entry.amountCents,
        tax_cents: entry.taxCents,
      })),
    )
    .execute();
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
      returning offer_id, competition_session_id, day, tickets, amount_cents, tax_cents
    ), summed as (
      insert into sales_sum (offer_id, competition_session_id, day, tickets, amount_cents, tax_cents)
      select offer_id, competition_session_id, day, sum(tickets), sum(amount_cents), sum(tax_cents)
      from folded
      group by offer_id, competition_session_id, day
      order by offer_id, competition_session_id, day
      on conflict on constraint sales_sum_pkey do update
      set tickets = sales_sum.tickets + excluded.tickets, amount_cents = sales_sum.amount_cents + excluded.amount_cents,
        tax_cents = sales_sum.tax_cents + excluded.tax_cents
    )
    select count(*)::integer as folded from folded`.execute(db);
  return rows[0]?.folded ?? 0;
}
