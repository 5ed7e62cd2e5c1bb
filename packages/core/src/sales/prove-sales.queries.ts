import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";
import type { SalesCheck } from "./sales-check.ts";

export type Disagreement = { id: string; found: string; expected: string };

/** How many rows break a rule, and the first of them. */
export async function selectDisagreements(
  trx: Transaction<Database>,
  { wrong }: SalesCheck,
  limit: number,
): Promise<{ total: number; first: Disagreement[] }> {
  const { rows } = await sql<Disagreement & { total: number }>`
    select id, found, expected, (count(*) over ())::integer as total
    from (${wrong}) as wrong
    order by id
    limit ${limit}`.execute(trx);
  return { total: rows[0]?.total ?? 0, first: rows.map(({ id, found, expected }) => ({ id, found, expected })) };
}

export type SalesCount = {
  orders: number;
  payments: number;
  refunds: number;
  tickets: number;
  returned: number;
  ledgerEntries: number;
  seatPools: number;
  taken: number;
  capacity: number;
  keys: number;
  amountCents: number;
  taxCents: number;
};

/** How much there is of everything that is proved. */
export async function countSales(trx: Transaction<Database>): Promise<SalesCount> {
  const { rows } = await sql<SalesCount>`
    select orders, payments, refunds, tickets, returned, posted.entries as "ledgerEntries", pools."seatPools",
      pools.taken, pools.capacity, keys, posted.cents as "amountCents", posted.tax as "taxCents"
    from
      (select count(*) as orders from "order") as orders,
      (select count(*) as payments from payment) as payments,
      (select count(*) as refunds from refund) as refunds,
      (select count(*) as tickets from ticket) as tickets,
      (select count(*) as returned from refund_ticket) as returned,
      (select count(*) as keys from idempotency_key) as keys,
      (select count(*) as entries, coalesce(sum(amount_cents), 0)::bigint as cents,
        coalesce(sum(tax_cents), 0)::bigint as tax from ledger_entry) as posted,
      (select count(*) as "seatPools", coalesce(sum(taken), 0)::bigint as taken,
        coalesce(sum(capacity), 0)::bigint as capacity from seat_pool) as pools`.execute(trx);
  const [counted] = rows;
  if (counted === undefined) throw new Error("a row of counts is always there");
  return counted;
}

/**
 * One statement a check, over whole tables. Compiling plans to machine code costs more than it saves here, and hashes of
 * a million rows fit into more memory than a request gets.
 */
export async function tuneForProof(trx: Transaction<Database>): Promise<void> {
  await sql`set local jit = off`.execute(trx);
  await sql`set local work_mem = '128MB'`.execute(trx);
}
