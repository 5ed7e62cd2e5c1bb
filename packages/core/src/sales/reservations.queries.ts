import { type Database, prepared } from "@tessera/db";
import { sql, type Transaction } from "kysely";

/**
 * Locks the pools against reservations and other changes until the transaction ends: in the order of their ids, like
 * everybody, and so nobody waits for one who waits for them.
 */
export async function lockSeatPools(trx: Transaction<Database>, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; capacity: number; taken: number }>`
    select id, capacity, taken from seat_pool
    where id = any(${uuids(ids)}::uuid[])
    order by id
    for no key update`.execute(trx);
  return rows;
}

/**
 * Locks the accounts: what one account buys is decided one after the other, and so limits hold. Throws if one of them is
 * not there, since no foreign key says so afterwards.
 */
export async function lockAccounts(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  const { rows } = await accountLocks(ids).execute(trx);
  requireAccounts(rows, ids);
}

/** The statement alone, for whoever sends several at once; `requireAccounts` looks at its answer. */
export const accountLocks = (ids: readonly string[]) => sql<{ id: string }>`
  select id from account where id = any(${uuids(ids)}::uuid[]) order by id for no key update`;

export function requireAccounts(rows: readonly unknown[], ids: readonly string[]): void {
  if (rows.length !== new Set(ids).size) throw new Error("an account is not there");
}

/**
 * The same for the pools that the offers take seats from, found and locked in one statement, and with what is left of each.
 * Which pools those are never changes for an offer.
 */
export const seatPoolLocks = (offerIds: readonly string[]) => sql<{ id: string; left: number }>`
  select id, capacity - taken as left from seat_pool
  where id = any(array(select seat_pool_id from offer_entry where offer_id = any(${uuids(offerIds)}::uuid[])))
  order by id
  for no key update`;

export type BatchFacts = {
  catalogue_version: number;
  limit_games: number;
  limit_competition_session: number;
  limit_ceremony: number;
  /** Account, competition session, seats held or bought; null if none of the accounts has any. */
  counts: [accountId: string, competitionSessionId: string, seats: number][] | null;
  /** The same of seats that were received, one row each. A list of its own: both in one slow the purchases by a quarter. */
  received: [accountId: string, competitionSessionId: string, seats: number][] | null;
  /** Those of the keys that are there already; null if none. */
  keys: { accountId: string; key: string; operation: string; bodyHash: string; answer: unknown }[] | null;
};

/** What accounts may have, in one statement after the locks; undefined before the first programme. */
export async function selectBatchFacts(
  trx: Transaction<Database>,
  accountIds: readonly string[],
): Promise<BatchFacts | undefined> {
  const { rows } = await batchFacts(accountIds, []).execute(trx);
  return rows[0];
}

/** @param asked keys that may be there already */
export function batchFacts(
  accountIds: readonly string[],
  asked: readonly { accountId: string; idempotencyKey: string }[],
) {
  return sql<BatchFacts>`
    select catalogue_version, limit_games, limit_competition_session, limit_ceremony,
      (
        select json_agg(json_build_array(account_id, competition_session_id, seats))
        from (
          select account_id, competition_session_id, sum(seats) as seats from hold
          where account_id = any(${uuids(accountIds)}::uuid[]) and state <> 'released'
          group by account_id, competition_session_id
        ) as counted
      ) as counts,
      (
        select json_agg(json_build_array(to_account_id, competition_session_id, 1)) from hand_over
        where to_account_id = any(${uuids(accountIds)}::uuid[]) and counts
      ) as received,
      (
        select json_agg(json_build_object('accountId', account_id, 'key', key, 'operation', operation,
          'bodyHash', encode(body_hash, 'hex'), 'answer', answer))
        from unnest(${uuids(asked.map(({ accountId }) => accountId))}::uuid[],
          ${uuids(asked.map(({ idempotencyKey }) => idempotencyKey))}::uuid[]) as asked (account_id, key)
        join idempotency_key using (account_id, key)
      ) as keys
    from games`;
}

/** Columns of equal length: row `i` of a table is the `i`th value of each. */
export type ReservationWrites = {
  now: Date;
  holdExpiresAt: Date;
  pools: { id: string[]; seats: number[] };
  orders: {
    id: string[];
    reference: string[];
    accountId: string[];
    totalCents: number[];
    eventId: string[];
    key: string[];
    bodyHash: string[];
    answer: string[];
  };
  lines: { id: string[]; orderId: string[]; offerId: string[]; quantity: number[]; unitPriceCents: number[] };
  holds: {
    competitionSessionId: string[];
    id: string[];
    orderId: string[];
    accountId: string[];
    seatPoolId: string[];
    seats: number[];
  };
};

/**
 * Writes a whole batch in one statement: counters, orders with their history, lines, holds, and idempotency keys with the
 * answers.
 */
export function reservationWrites({ now, holdExpiresAt, pools, orders, lines, holds }: ReservationWrites) {
  return sql`${prepared}
    with counters as (
      update seat_pool set taken = seat_pool.taken + more.seats
      from unnest(${uuids(pools.id)}::uuid[], ${integers(pools.seats)}::integer[]) as more (id, seats)
      where seat_pool.id = more.id
    ), granted as materialized (
      select * from unnest(${uuids(orders.id)}::uuid[], ${orders.reference}::text[], ${uuids(orders.accountId)}::uuid[],
        ${integers(orders.totalCents)}::integer[], ${uuids(orders.eventId)}::uuid[], ${uuids(orders.key)}::uuid[],
        ${orders.bodyHash}::text[], ${orders.answer}::text[])
        as new (order_id, reference, account_id, total_cents, event_id, key, body_hash, answer)
    ), new_orders as (
      insert into "order" (id, reference, account_id, state, total_cents, hold_expires_at, created_at)
      select order_id, reference, account_id, 'held', total_cents, ${holdExpiresAt}::timestamptz, ${now}::timestamptz
      from granted
    ), new_events as (
      insert into order_event (order_id, id, state, at)
      select order_id, event_id, 'held', ${now}::timestamptz from granted
    ), new_lines as (
      insert into order_line (id, order_id, offer_id, quantity, unit_price_cents)
      select * from unnest(${uuids(lines.id)}::uuid[], ${uuids(lines.orderId)}::uuid[], ${uuids(lines.offerId)}::uuid[],
        ${integers(lines.quantity)}::smallint[], ${integers(lines.unitPriceCents)}::integer[])
    ), new_holds as (
      insert into hold (competition_session_id, id, order_id, account_id, seat_pool_id, seats, state)
      select competition_session_id, id, order_id, account_id, seat_pool_id, seats, 'held'
      from unnest(${uuids(holds.competitionSessionId)}::uuid[], ${uuids(holds.id)}::uuid[],
        ${uuids(holds.orderId)}::uuid[], ${uuids(holds.accountId)}::uuid[], ${uuids(holds.seatPoolId)}::uuid[],
        ${integers(holds.seats)}::smallint[])
        as new (competition_session_id, id, order_id, account_id, seat_pool_id, seats)
    )
    insert into idempotency_key (account_id, key, operation, body_hash, answer, created_at)
    select account_id, key, ${reserveOperation}, decode(body_hash, 'hex'), answer::json, ${now}::timestamptz
    from granted
    order by account_id, key`;
}

/** Whose keys these are: a key of another operation is none of reserving. */
export const reserveOperation = "reserve";

/** PostgreSQL's text form of an array, made without looking for what must be escaped: UUIDs have nothing of it. */
function uuids(values: readonly string[]): string {
  for (const value of values) {
    if (value.length !== 36) throw new RangeError("not a UUID");
  }
  return `{${values.join(",")}}`;
}

const integers = (values: readonly number[]): string => `{${values.join(",")}}`;
