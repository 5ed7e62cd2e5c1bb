import { sql } from "kysely";
import type { SalesCheck } from "./sales-check.ts";

const seats = (count: string) => sql`format('%s seats', coalesce(${sql.ref(count)}, 0))`;

/** A pool counts the seats of the holds in it that were not released. */
const poolsAreTheirHolds: SalesCheck = {
  name: "pools count the seats of their holds",
  table: "seat_pool",
  wrong: sql`
    select seat_pool.id::text as id, ${seats("taken")} as found, ${seats("held.seats")} as expected
    from seat_pool
    left join (select seat_pool_id, sum(seats) as seats from hold where state <> 'released' group by seat_pool_id) as held
      on held.seat_pool_id = seat_pool.id
    where taken <> coalesce(held.seats, 0)`,
};

const noPoolIsOversold: SalesCheck = {
  name: "no pool is above its capacity",
  table: "seat_pool",
  wrong: sql`
    select id::text as id, ${seats("taken")} as found, format('at most %s', capacity) as expected
    from seat_pool
    where taken > capacity or taken < 0`,
};

/** Orders that are not paid yet hold what their lines say. */
const unpaidOrdersAreTheirHolds: SalesCheck = {
  name: "unpaid orders hold the seats of their lines",
  table: "hold",
  wrong: sql`
    select concat_ws(' ', 'order', order_id, 'pool', seat_pool_id) as id, ${seats("held.seats")} as found,
      ${seats("wanted.seats")} as expected
    from (
      select order_id, seat_pool_id, sum(seats) as seats from hold where state = 'held' group by order_id, seat_pool_id
    ) as held
    full join (
      select order_line.order_id, offer_entry.seat_pool_id, sum(order_line.quantity * offer.persons) as seats
      from "order"
      join order_line on order_line.order_id = "order".id
      join offer on offer.id = order_line.offer_id
      join offer_entry on offer_entry.offer_id = offer.id
      where "order".state in ('held', 'awaiting_payment')
      group by order_line.order_id, offer_entry.seat_pool_id
    ) as wanted using (order_id, seat_pool_id)
    where coalesce(held.seats, 0) <> coalesce(wanted.seats, 0)`,
};

/** Each ticket that was not given back has its seat. */
const ticketsAreTheirHolds: SalesCheck = {
  name: "tickets have the seats that are kept for them",
  table: "hold",
  wrong: sql`
    select concat_ws(' ', 'order', order_id, 'pool', seat_pool_id) as id, ${seats("held.seats")} as found,
      ${seats("live.seats")} as expected
    from (
      select order_id, seat_pool_id, sum(seats) as seats from hold where state = 'issued' group by order_id, seat_pool_id
    ) as held
    full join (
      select ticket.order_id, seat_pool.id as seat_pool_id, count(*) as seats
      from ticket
      join seat_pool on seat_pool.competition_session_id = ticket.competition_session_id
        and seat_pool.category = ticket.category
      left join refund_ticket on refund_ticket.competition_session_id = ticket.competition_session_id
        and refund_ticket.ticket_id = ticket.id
      where refund_ticket.ticket_id is null
      group by ticket.order_id, seat_pool.id
    ) as live using (order_id, seat_pool_id)
    where coalesce(held.seats, 0) <> coalesce(live.seats, 0)`,
};

/** What must hold of seats. */
export const seatChecks: readonly SalesCheck[] = [
  poolsAreTheirHolds,
  noPoolIsOversold,
  unpaidOrdersAreTheirHolds,
  ticketsAreTheirHolds,
];
