import type { Database } from "@tessera/db";
import { sql, type Transaction } from "kysely";

/** Locks the pools, in the order of their ids, until the transaction ends. */
export async function lockSeatPools(trx: Transaction<Database>, ids: readonly string[]) {
  return trx
    .selectFrom("seat_pool")
    .select(["id", "capacity", "taken"])
    .where("id", "in", [...new Set(ids)])
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Locks the accounts: what one account buys is decided one after the other, and so limits hold. */
export async function lockAccounts(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  await trx
    .selectFrom("account")
    .select("id")
    .where("id", "in", [...new Set(ids)])
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Which pools the offers take seats from; read before the locks, since it never changes for an offer. */
export async function selectSeatPoolsOfOffers(trx: Transaction<Database>, offerIds: readonly string[]) {
  return trx
    .selectFrom("offer_entry")
    .select("seat_pool_id")
    .distinct()
    .where("offer_id", "in", [...new Set(offerIds)])
    .execute();
}

/** Seats that accounts hold or have bought, by competition session. */
export async function selectSeatCounts(trx: Transaction<Database>, accountIds: readonly string[]) {
  return trx
    .selectFrom("hold")
    .select(["account_id", "competition_session_id", (eb) => eb.fn.sum<string>("seats").as("seats")])
    .where("account_id", "in", [...new Set(accountIds)])
    .where("state", "<>", "released")
    .groupBy(["account_id", "competition_session_id"])
    .execute();
}

export async function selectGrantedKeys(
  trx: Transaction<Database>,
  requests: readonly { accountId: string; idempotencyKey: string }[],
) {
  const accounts = requests.map(({ accountId }) => accountId);
  const keys = requests.map(({ idempotencyKey }) => idempotencyKey);
  const { rows } = await sql<{ account_id: string; key: string; body_hash: Buffer; order_id: string }>`
    select granted.account_id, granted.key, granted.body_hash, granted.order_id
    from idempotency_key granted
    join unnest(${accounts}::uuid[], ${keys}::uuid[]) as asked (account_id, key)
      on granted.account_id = asked.account_id and granted.key = asked.key`.execute(trx);
  return rows;
}

/** Columns of equal length: row `i` of a table is the `i`th value of each. */
export type ReservationWrites = {
  now: Date;
  holdExpiresAt: Date;
  pools: { id: string[]; seats: number[] };
  orders: { id: string[]; reference: string[]; accountId: string[]; totalCents: number[]; eventId: string[] };
  lines: { id: string[]; orderId: string[]; offerId: string[]; quantity: number[]; unitPriceCents: number[] };
  holds: {
    competitionSessionId: string[];
    id: string[];
    orderId: string[];
    accountId: string[];
    seatPoolId: string[];
    seats: number[];
  };
  keys: { accountId: string[]; key: string[]; bodyHash: Buffer[]; orderId: string[] };
};

/** Writes a whole batch in one statement: counters, orders with their history, lines, holds and idempotency keys. */
export async function writeReservations(trx: Transaction<Database>, writes: ReservationWrites): Promise<void> {
  const { now, holdExpiresAt, pools, orders, lines, holds, keys } = writes;
  await sql`
    with counters as (
      update seat_pool set taken = seat_pool.taken + more.seats
      from unnest(${pools.id}::uuid[], ${pools.seats}::integer[]) as more (id, seats)
      where seat_pool.id = more.id
    ), new_orders as (
      insert into "order" (id, reference, account_id, state, total_cents, hold_expires_at, created_at)
      select id, reference, account_id, 'held', total_cents, ${holdExpiresAt}::timestamptz, ${now}::timestamptz
      from unnest(${orders.id}::uuid[], ${orders.reference}::text[], ${orders.accountId}::uuid[],
        ${orders.totalCents}::integer[]) as new (id, reference, account_id, total_cents)
    ), new_events as (
      insert into order_event (order_id, id, state, at)
      select order_id, id, 'held', ${now}::timestamptz
      from unnest(${orders.id}::uuid[], ${orders.eventId}::uuid[]) as new (order_id, id)
    ), new_lines as (
      insert into order_line (id, order_id, offer_id, quantity, unit_price_cents)
      select * from unnest(${lines.id}::uuid[], ${lines.orderId}::uuid[], ${lines.offerId}::uuid[],
        ${lines.quantity}::smallint[], ${lines.unitPriceCents}::integer[])
    ), new_holds as (
      insert into hold (competition_session_id, id, order_id, account_id, seat_pool_id, seats, state)
      select competition_session_id, id, order_id, account_id, seat_pool_id, seats, 'held'
      from unnest(${holds.competitionSessionId}::uuid[], ${holds.id}::uuid[], ${holds.orderId}::uuid[],
        ${holds.accountId}::uuid[], ${holds.seatPoolId}::uuid[], ${holds.seats}::smallint[])
        as new (competition_session_id, id, order_id, account_id, seat_pool_id, seats)
    )
    insert into idempotency_key (account_id, key, body_hash, order_id, created_at)
    select account_id, key, body_hash, order_id, ${now}::timestamptz
    from unnest(${keys.accountId}::uuid[], ${keys.key}::uuid[], ${keys.bodyHash}::bytea[], ${keys.orderId}::uuid[])
      as new (account_id, key, body_hash, order_id)
    order by account_id, key`.execute(trx);
}
