import { type RawBuilder, sql } from "kysely";

/**
 * Ids of rows that are right: an unpaid order, a paid one with its payment, and a seat pool of it; a ticket that went to
 * another account, and one that is offered.
 */
export type SoldWorld = {
  held: string;
  paid: string;
  payment: string;
  pool: string;
  received: string;
  offered: string;
};

/** What is changed behind the product's back, the rule of the proof that finds it, and what the rule names. */
export type Tampering = { change: RawBuilder<unknown>[]; rule: string; id: string };

const missingId = "0198a3f0-0000-7000-8000-000000000000";

/** One at least for each rule of the proof; they are for the owner of the database. */
export const tamperings: [string, (world: SoldWorld) => Tampering][] = [
  [
    "a sum",
    () => ({
      change: [sql`update sales_sum set amount_cents = amount_cents + 1`],
      rule: "sums and deltas are the ledger",
      id: "2028-07-14",
    }),
  ],
  [
    "a delta that is lost",
    () => ({ change: [sql`delete from sales_delta`], rule: "sums and deltas are the ledger", id: "2028-07-14" }),
  ],
  [
    "the tax of a delta",
    () => ({
      change: [sql`update sales_delta set tax_cents = 0`],
      rule: "sums and deltas are the ledger",
      id: "2028-07-14",
    }),
  ],
  [
    "an order counted twice",
    () => ({
      change: [sql`update sales_delta set orders = orders + 1`],
      rule: "sums and deltas count the orders that have tickets",
      id: "all",
    }),
  ],
  [
    "a ledger entry",
    (world) => ({
      change: [sql`update ledger_entry set amount_cents = amount_cents - 1 where order_id = ${world.paid}`],
      rule: "sales posted are all tickets of an order",
      id: world.paid,
    }),
  ],
  [
    "the price of a ticket",
    (world) => ({
      change: [sql`update ticket set price_cents = price_cents + 1 where order_id = ${world.paid}`],
      rule: "the ledger is the tickets that were not given back",
      id: world.paid,
    }),
  ],
  [
    "a ticket too many",
    (world) => ({
      change: [
        sql`insert into ticket select competition_session_id, ${missingId}, 'TAMPERED00', order_id, order_line_id, offer_id,
          category, zone, 0, holder_account_id, holder_name, state, epoch, created_at, 0
          from ticket where order_id = ${world.paid} limit 1`,
      ],
      rule: "paid orders have exactly their tickets",
      id: "",
    }),
  ],
  [
    "the total of an order",
    (world) => ({
      change: [sql`update "order" set total_cents = total_cents + 1 where id = ${world.held}`],
      rule: "orders cost what their lines cost",
      id: world.held,
    }),
  ],
  [
    "the state of an order",
    (world) => ({
      change: [sql`update "order" set state = 'expired' where id = ${world.paid}`],
      rule: "the ledger has what the state of an order says",
      id: world.paid,
    }),
  ],
  [
    "an order paid by nobody",
    (world) => ({
      change: [sql`update "order" set state = 'paid' where id = ${world.held}`],
      rule: "the ledger has what the state of an order says",
      id: world.held,
    }),
  ],
  [
    "money that never came",
    (world) => ({
      change: [sql`update payment set state = 'refused' where id = ${world.payment}`],
      rule: "money is the ledger, for each order",
      id: world.paid,
    }),
  ],
  [
    "money that came twice",
    (world) => ({
      change: [sql`update payment set amount_cents = 2 * amount_cents where id = ${world.payment}`],
      rule: "money is the ledger, for each order",
      id: world.paid,
    }),
  ],
  [
    "a payment said to be given back",
    (world) => ({
      change: [sql`update payment set state = 'refunded' where id = ${world.payment}`],
      rule: "payments are in the state that their refunds say",
      id: world.payment,
    }),
  ],
  [
    "a refund out of nothing",
    (world) => ({
      change: [
        sql`insert into refund (id, payment_id, amount_cents, reason, state, created_at)
          values (${missingId}, ${world.payment}, 1, 'organiser', 'requested', now())`,
      ],
      rule: "refunds are their tickets and what is posted for them",
      id: missingId,
    }),
  ],
  [
    "a seat that nobody holds",
    (world) => ({
      change: [sql`update seat_pool set taken = taken + 1 where id = ${world.pool}`],
      rule: "pools count the seats of their holds",
      id: world.pool,
    }),
  ],
  [
    "a pool above its capacity",
    (world) => ({
      change: [
        sql`alter table seat_pool drop constraint seat_pool_never_oversold`,
        sql`update seat_pool set capacity = taken - 1 where id = ${world.pool}`,
      ],
      rule: "no pool is above its capacity",
      id: world.pool,
    }),
  ],
  [
    "a hold of an unpaid order",
    (world) => ({
      change: [sql`update hold set state = 'released' where order_id = ${world.held}`],
      rule: "unpaid orders hold the seats of their lines",
      id: world.held,
    }),
  ],
  [
    "a seat kept for no ticket",
    (world) => ({
      change: [sql`update hold set seats = seats + 1 where order_id = ${world.paid}`],
      rule: "tickets have the seats that are kept for them",
      id: world.paid,
    }),
  ],
  [
    "the history of an order",
    (world) => ({
      change: [sql`delete from order_event where order_id = ${world.paid} and state = 'paid'`],
      rule: "the history of each order ends in its state",
      id: world.paid,
    }),
  ],
  [
    "the history of a payment",
    (world) => ({
      change: [sql`delete from payment_history where payment_id = ${world.payment}`],
      rule: "the history of each payment ends in its state",
      id: world.payment,
    }),
  ],
  [
    "the state of a ticket",
    (world) => ({
      change: [sql`update ticket set state = 'admitted' where order_id = ${world.paid}`],
      rule: "the history of each ticket ends in its state",
      id: "",
    }),
  ],
  [
    "the history of a refund",
    (world) => ({
      change: [
        sql`insert into refund (id, payment_id, amount_cents, reason, state, created_at)
          values (${missingId}, ${world.payment}, 1, 'organiser', 'requested', now())`,
      ],
      rule: "the history of each refund ends in its state",
      id: missingId,
    }),
  ],
  [
    "an order of nobody",
    (world) => ({
      change: [sql`update "order" set account_id = ${missingId} where id = ${world.held}`],
      rule: "orders, lines and holds name what there is",
      id: `order.account_id ${missingId}`,
    }),
  ],
  [
    "a hold in no pool",
    (world) => ({
      change: [sql`update hold set seat_pool_id = ${missingId} where order_id = ${world.held}`],
      rule: "orders, lines and holds name what there is",
      id: `hold.seat_pool_id ${missingId}`,
    }),
  ],
  [
    "a stored answer",
    (world) => ({
      change: [
        sql`update idempotency_key set answer = jsonb_set(answer::jsonb, '{orderId}', to_jsonb(${missingId}::text))::json
          where answer ->> 'orderId' = ${world.paid}`,
      ],
      rule: "stored answers name orders that there are",
      id: "key",
    }),
  ],
  [
    "the holder of a ticket",
    (world) => ({
      change: [
        sql`update ticket set holder_account_id = (select account_id from "order" where id = ${world.held})
          where id = ${world.received}`,
      ],
      rule: "tickets are held by whom their newest epoch says",
      id: world.received,
    }),
  ],
  [
    "the first holder of a ticket",
    (world) => ({
      change: [
        sql`update ticket_epoch set holder_account_id = (select account_id from "order" where id = ${world.held})
          where ticket_id = ${world.received} and epoch = 0`,
      ],
      rule: "tickets were first held by whoever bought them",
      id: world.received,
    }),
  ],
  [
    "a hand-over that nobody accepted",
    (world) => ({
      change: [sql`update hand_over set state = 'refused', counts = false where ticket_id = ${world.received}`],
      rule: "tickets change hands by accepted hand-overs, one each",
      id: world.received,
    }),
  ],
  [
    "the history of a ticket that went to somebody",
    (world) => ({
      change: [sql`delete from ticket_event where ticket_id = ${world.received} and kind = 'handed_over'`],
      rule: "the history of tickets has every change of hands",
      id: world.received,
    }),
  ],
  [
    "a change of hands that was none",
    (world) => ({
      change: [sql`update ticket_event set kind = 'handed_over' where ticket_id = ${world.offered}`],
      rule: "the history of tickets has every change of hands",
      id: world.offered,
    }),
  ],
  [
    "an open offer of a blocked ticket",
    (world) => ({
      change: [sql`update ticket set blocked_at = now(), block_note = 'stolen' where id = ${world.offered}`],
      rule: "open offers are of tickets that their givers hold and that are good",
      id: "",
    }),
  ],
  [
    "a received seat that does not count",
    (world) => ({
      change: [sql`update hand_over set counts = false where ticket_id = ${world.received}`],
      rule: "received seats count once for each who has received them",
      id: world.received,
    }),
  ],
];
