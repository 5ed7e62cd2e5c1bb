import { type RawBuilder, sql } from "kysely";
import type { SalesCheck } from "./sales-check.ts";

/**
 * At the last moment of its history a thing got the state that it is in. Of several changes at one moment any may be the
 * last: ids of the same millisecond are in no order. `history` has columns of, state and at.
 */
const historyEndsInState = (name: string, table: string, history: RawBuilder<unknown>): SalesCheck => ({
  name,
  table,
  wrong: sql`
    select thing.id::text as id, thing.state as found, coalesce(last.states, 'any history') as expected
    from ${sql.table(table)} as thing
    left join (
      select history.of, string_agg(distinct history.state, ' or ') as states,
        array_agg(history.state) as all_states
      from ${history} as history
      join (select of, max(at) as at from ${history} as history group by of) as newest
        on newest.of = history.of and newest.at = history.at
      group by history.of
    ) as last on last.of = thing.id
    where last.of is null or not thing.state = any(last.all_states)`,
});

/** Being activated, moved, printed, named, handed over or blocked leaves a ticket issued. */
const ticketHistory = sql`(
  select ticket_id as of, case when kind in ('admitted', 'cancelled') then kind else 'issued' end as state, at
  from ticket_event)`;

/** The stored answer of a key names an order of the same account, as it is. */
const keysAreTheirOrders: SalesCheck = {
  name: "stored answers name orders that there are",
  table: "idempotency_key",
  wrong: sql`
    select concat_ws(' ', 'account', keys.account_id, 'key', keys.key) as id,
      format('order %s, %s, %s cents', answer ->> 'orderId', answer ->> 'reference', answer ->> 'totalCents') as found,
      case when "order".id is null then 'an order of this account'
        else format('order %s, %s, %s cents', "order".id, "order".reference, "order".total_cents) end as expected
    from idempotency_key as keys
    left join "order" on "order".id = (answer ->> 'orderId')::uuid and "order".account_id = keys.account_id
    where operation = 'reserve' and answer is not null
      and ("order".id is null or "order".reference is distinct from answer ->> 'reference'
        or "order".total_cents is distinct from (answer ->> 'totalCents')::integer)`,
};

const orphans = (table: string, column: string, target: string) => sql`
  select ${`${table}.${column}`} as place, ${sql.ref(column)}::text as id
  from ${sql.table(table)} as thing
  where not exists (select from ${sql.table(target)} as target where target.id = thing.${sql.ref(column)})`;

/** What a batch of reservations writes has no foreign keys, since the application can delete none of it. */
const nothingIsNamedInVain: SalesCheck = {
  name: "orders, lines and holds name what there is",
  table: "what is missing:",
  wrong: sql`
    select concat_ws(' ', place, id) as id, 'nothing' as found, 'a row' as expected
    from (
      ${sql.join(
        [
          orphans("order", "account_id", "account"),
          orphans("order_event", "order_id", "order"),
          orphans("order_line", "order_id", "order"),
          orphans("order_line", "offer_id", "offer"),
          orphans("hold", "order_id", "order"),
          orphans("hold", "account_id", "account"),
          orphans("hold", "seat_pool_id", "seat_pool"),
          orphans("hold", "competition_session_id", "competition_session"),
          orphans("idempotency_key", "account_id", "account"),
        ],
        sql` union all `,
      )}
    ) as missing`,
};

/** What must hold of what was written down, and of what was answered. */
export const historyChecks: readonly SalesCheck[] = [
  historyEndsInState(
    "the history of each order ends in its state",
    "order",
    sql`(select order_id as of, state, at from order_event)`,
  ),
  historyEndsInState(
    "the history of each payment ends in its state",
    "payment",
    sql`(select payment_id as of, state, at from payment_history)`,
  ),
  historyEndsInState(
    "the history of each refund ends in its state",
    "refund",
    sql`(select refund_id as of, state, at from refund_history)`,
  ),
  historyEndsInState("the history of each ticket ends in its state", "ticket", ticketHistory),
  keysAreTheirOrders,
  nothingIsNamedInVain,
];
