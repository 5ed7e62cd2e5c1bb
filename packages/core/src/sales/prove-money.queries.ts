import { sql } from "kysely";
import type { SalesCheck } from "./sales-check.ts";

/** Tickets, each with whether it was given back: one that its holder gave up keeps its seat and its price. */
const tickets = sql`(
  select ticket.order_id, ticket.order_line_id, ticket.offer_id, ticket.competition_session_id, ticket.category,
    ticket.price_cents, ticket.tax_cents, refund_ticket.ticket_id is not null as returned
  from ticket
  left join refund_ticket on refund_ticket.competition_session_id = ticket.competition_session_id
    and refund_ticket.ticket_id = ticket.id)`;

const amounts = (count: string, cents: string, tax: string) =>
  sql`format('%s tickets, %s cents, %s of tax', coalesce(${sql.ref(count)}, 0), coalesce(${sql.ref(cents)}, 0),
    coalesce(${sql.ref(tax)}, 0))`;

/** Sums and deltas are the ledger, for each offer, competition session and day. */
const sumsAreTheLedger: SalesCheck = {
  name: "sums and deltas are the ledger",
  table: "sales_sum",
  wrong: sql`
    select concat_ws(' ', offer_id, competition_session_id, day) as id,
      ${amounts("summed.tickets", "summed.cents", "summed.tax")} as found,
      ${amounts("posted.tickets", "posted.cents", "posted.tax")} as expected
    from (
      select offer_id, competition_session_id, day, sum(tickets) as tickets, sum(amount_cents) as cents,
        sum(tax_cents) as tax
      from (
        select offer_id, competition_session_id, day, tickets, amount_cents, tax_cents from sales_sum
        union all
        select offer_id, competition_session_id, day, tickets, amount_cents, tax_cents from sales_delta
      ) as figures
      group by offer_id, competition_session_id, day
    ) as summed
    full join (
      select offer_id, competition_session_id, (posted_at at time zone 'UTC')::date as day, sum(tickets) as tickets,
        sum(amount_cents) as cents, sum(tax_cents) as tax
      from ledger_entry
      group by offer_id, competition_session_id, day
    ) as posted using (offer_id, competition_session_id, day)
    where coalesce(summed.tickets, 0) <> coalesce(posted.tickets, 0)
      or coalesce(summed.cents, 0) <> coalesce(posted.cents, 0)
      or coalesce(summed.tax, 0) <> coalesce(posted.tax, 0)`,
};

/** The number of orders that the sums have. Where each is counted does not matter, and so this is one row. */
const sumsCountTheOrders: SalesCheck = {
  name: "sums and deltas count the orders that have tickets",
  table: "sales_sum",
  wrong: sql`
    select 'all' as id, format('%s orders', summed.orders) as found, format('%s orders', paid.orders) as expected
    from (
      select coalesce(sum(orders), 0) as orders
      from (select orders from sales_sum union all select orders from sales_delta) as figures
    ) as summed
    cross join (select count(*) as orders from "order" where state in ('paid', 'partly_refunded')) as paid
    where summed.orders <> paid.orders`,
};

/** What was posted for an order, as sales or in all, is its tickets, all of them or those not given back. */
const ledgerIsTheTickets = (name: string, entries: "sale" | "all"): SalesCheck => ({
  name,
  table: "ledger_entry",
  wrong: sql`
    select concat_ws(' ', 'order', order_id, 'offer', offer_id, 'in', competition_session_id) as id,
      ${amounts("posted.tickets", "posted.cents", "posted.tax")} as found,
      ${amounts("held.tickets", "held.cents", "held.tax")} as expected
    from (
      select order_id, offer_id, competition_session_id, sum(tickets) as tickets, sum(amount_cents) as cents,
        sum(tax_cents) as tax
      from ledger_entry
      ${entries === "sale" ? sql`where kind = 'sale'` : sql``}
      group by order_id, offer_id, competition_session_id
    ) as posted
    full join (
      select order_id, offer_id, competition_session_id, count(*) as tickets, sum(price_cents) as cents,
        sum(tax_cents) as tax
      from ${tickets} as ticket
      ${entries === "sale" ? sql`` : sql`where not returned`}
      group by order_id, offer_id, competition_session_id
    ) as held using (order_id, offer_id, competition_session_id)
    where coalesce(posted.tickets, 0) <> coalesce(held.tickets, 0)
      or coalesce(posted.cents, 0) <> coalesce(held.cents, 0)
      or coalesce(posted.tax, 0) <> coalesce(held.tax, 0)`,
});

/** An order costs what its lines cost. */
const ordersAreTheirLines: SalesCheck = {
  name: "orders cost what their lines cost",
  table: "order",
  wrong: sql`
    select "order".id::text as id, format('%s cents', total_cents) as found,
      format('%s cents', coalesce(line.cents, 0)) as expected
    from "order"
    left join (
      select order_id, sum(quantity * unit_price_cents) as cents from order_line group by order_id
    ) as line on line.order_id = "order".id
    where total_cents <> coalesce(line.cents, 0)`,
};

/** Its state says how much of an order is posted: all that it costs, a part, or nothing. */
const ledgerIsTheOrders: SalesCheck = {
  name: "the ledger has what the state of an order says",
  table: "order",
  wrong: sql`
    select "order".id::text as id,
      format('%s: %s tickets, %s cents posted', state, coalesce(left_over, 0), coalesce(cents, 0)) as found,
      case state
        when 'paid' then format('all tickets, %s cents', total_cents)
        when 'partly_refunded' then format('fewer tickets than sold, at most %s cents', total_cents)
        when 'refunded' then 'nothing left of what was posted'
        else 'nothing posted'
      end as expected
    from "order"
    left join (
      select order_id, sum(tickets) as left_over, sum(tickets) filter (where kind = 'sale') as sold,
        sum(amount_cents) as cents
      from ledger_entry group by order_id
    ) as posted on posted.order_id = "order".id
    where not case state
      when 'paid' then posted.order_id is not null and left_over = sold and cents = total_cents
      when 'partly_refunded' then posted.order_id is not null and left_over > 0 and left_over < sold
        and cents between 0 and total_cents
      when 'refunded' then coalesce(left_over, 0) = 0 and coalesce(cents, 0) = 0
      else posted.order_id is null
    end`,
};

/** Whoever has paid has exactly the tickets of the order, given back or not; and nobody else has any. */
const linesAreTheTickets: SalesCheck = {
  name: "paid orders have exactly their tickets",
  table: "order_line",
  wrong: sql`
    select order_line.id::text as id, format('%s tickets', coalesce(made.tickets, 0)) as found,
      format('%s tickets (order %s is %s)', due.tickets, "order".reference, "order".state) as expected
    from order_line
    join "order" on "order".id = order_line.order_id
    join offer on offer.id = order_line.offer_id
    join (select offer_id, count(*) as pools from offer_entry group by offer_id) as entry
      on entry.offer_id = order_line.offer_id
    left join (select order_line_id, count(*) as tickets from ticket group by order_line_id) as made
      on made.order_line_id = order_line.id
    left join (select distinct order_id from ledger_entry where kind = 'sale') as sold
      on sold.order_id = order_line.order_id
    cross join lateral (
      select case
        when "order".state in ('paid', 'partly_refunded') or "order".state = 'refunded' and sold.order_id is not null
        then order_line.quantity * offer.persons * entry.pools else 0
      end as tickets
    ) as due
    where coalesce(made.tickets, 0) <> due.tickets`,
};

/** Money that came less what is given back, sent or not, is what is posted. A refund that failed is owed still. */
const paymentsAreTheLedger: SalesCheck = {
  name: "money is the ledger, for each order",
  table: "order",
  wrong: sql`
    select order_id::text as id,
      format('%s cents paid less %s given back', coalesce(money.paid, 0), coalesce(money.given_back, 0)) as found,
      format('%s cents posted', coalesce(posted.cents, 0)) as expected
    from (
      select order_id, sum(amount_cents) as paid, sum(coalesce(returned.cents, 0)) as given_back
      from payment
      left join (select payment_id, sum(amount_cents) as cents from refund group by payment_id) as returned
        on returned.payment_id = payment.id
      where state in ('succeeded', 'partly_refunded', 'refunded')
      group by order_id
    ) as money
    full join (select order_id, sum(amount_cents) as cents from ledger_entry group by order_id) as posted
      using (order_id)
    where coalesce(money.paid, 0) - coalesce(money.given_back, 0) <> coalesce(posted.cents, 0)`,
};

/** A payment's state says how much of it is given back. */
const paymentsAreTheirRefunds: SalesCheck = {
  name: "payments are in the state that their refunds say",
  table: "payment",
  wrong: sql`
    select payment.id::text as id, format('%s of %s cents', state, amount_cents) as found,
      format('%s cents given back', coalesce(returned.cents, 0)) as expected
    from payment
    left join (select payment_id, sum(amount_cents) as cents from refund group by payment_id) as returned
      on returned.payment_id = payment.id
    where not case state
      when 'partly_refunded' then coalesce(returned.cents, 0) > 0 and returned.cents < amount_cents
      when 'refunded' then coalesce(returned.cents, 0) = amount_cents
      else coalesce(returned.cents, 0) = 0
    end`,
};

/** A refund of tickets is the price of its tickets, which are cancelled, and is posted; any other posts nothing. */
const refundsAreTheirTickets: SalesCheck = {
  name: "refunds are their tickets and what is posted for them",
  table: "refund",
  wrong: sql`
    select refund.id::text as id, format('%s cents, %s posted', refund.amount_cents, coalesce(posted.cents, 0)) as found,
      format('%s cents of %s tickets, %s of them cancelled', coalesce(of.cents, 0), coalesce(of.tickets, 0),
        coalesce(of.cancelled, 0)) as expected
    from refund
    left join (
      select refund_ticket.refund_id, count(*) as tickets, sum(ticket.price_cents) as cents,
        count(*) filter (where ticket.state = 'cancelled') as cancelled
      from refund_ticket
      join ticket on ticket.competition_session_id = refund_ticket.competition_session_id
        and ticket.id = refund_ticket.ticket_id
      group by refund_ticket.refund_id
    ) as of on of.refund_id = refund.id
    left join (select refund_id, sum(amount_cents) as cents from ledger_entry group by refund_id) as posted
      on posted.refund_id = refund.id
    where coalesce(posted.cents, 0) <> -coalesce(of.cents, 0)
      or of.cancelled <> of.tickets
      or case refund.reason
        when 'organiser' then of.refund_id is null
        -- Money that came after the cancellation bought no tickets.
        when 'session_cancelled' then false
        else of.refund_id is not null
      end
      or (of.refund_id is not null and refund.amount_cents <> of.cents)`,
};

/** What must hold of money, tickets and what is posted of them. */
export const moneyChecks: readonly SalesCheck[] = [
  sumsAreTheLedger,
  sumsCountTheOrders,
  ledgerIsTheTickets("sales posted are all tickets of an order", "sale"),
  ledgerIsTheTickets("the ledger is the tickets that were not given back", "all"),
  ordersAreTheirLines,
  ledgerIsTheOrders,
  linesAreTheTickets,
  paymentsAreTheLedger,
  paymentsAreTheirRefunds,
  refundsAreTheirTickets,
];
