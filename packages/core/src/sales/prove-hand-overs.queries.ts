import { sql } from "kysely";
import type { SalesCheck } from "./sales-check.ts";

const heldBy = (column: string) => sql`format('held by %s', ${sql.ref(column)})`;

/** Each epoch that began with another holder than the one before it. */
const changesOfHands = sql`(
  select now.ticket_id, now.epoch, before.holder_account_id as giver, now.holder_account_id as receiver
  from ticket_epoch as now
  join ticket_epoch as before on before.competition_session_id = now.competition_session_id
    and before.ticket_id = now.ticket_id and before.epoch = now.epoch - 1
  where before.holder_account_id <> now.holder_account_id)`;

const ticketsAreTheirEpochs: SalesCheck = {
  name: "tickets are held by whom their newest epoch says",
  table: "ticket",
  wrong: sql`
    select ticket.id::text as id, ${heldBy("ticket.holder_account_id")} as found,
      case when newest.ticket_id is null then format('a row of epoch %s', ticket.epoch)
        else ${heldBy("newest.holder_account_id")} end as expected
    from ticket
    left join ticket_epoch as newest on newest.competition_session_id = ticket.competition_session_id
      and newest.ticket_id = ticket.id and newest.epoch = ticket.epoch
    where newest.ticket_id is null or newest.holder_account_id <> ticket.holder_account_id`,
};

const buyersWereFirst: SalesCheck = {
  name: "tickets were first held by whoever bought them",
  table: "ticket",
  wrong: sql`
    select ticket.id::text as id, ${heldBy("first.holder_account_id")} as found,
      ${heldBy("order.account_id")} as expected
    from ticket
    join "order" on "order".id = ticket.order_id
    join ticket_epoch as first on first.competition_session_id = ticket.competition_session_id
      and first.ticket_id = ticket.id and first.epoch = 0
    where first.holder_account_id <> "order".account_id`,
};

/** By counting, not by time: of what happens in one millisecond nobody knows the order. */
const handsChangeByHandOvers: SalesCheck = {
  name: "tickets change hands by accepted hand-overs, one each",
  table: "ticket",
  wrong: sql`
    select concat_ws(' ', ticket_id, 'from', giver, 'to', receiver) as id,
      format('%s times', coalesce(changed.times, 0)) as found,
      format('%s times', coalesce(accepted.times, 0)) as expected
    from (
      select ticket_id, giver, receiver, count(*) as times from ${changesOfHands} as changes
      group by ticket_id, giver, receiver
    ) as changed
    full join (
      select ticket_id, from_account_id as giver, to_account_id as receiver, count(*) as times
      from hand_over where state = 'accepted'
      group by ticket_id, from_account_id, to_account_id
    ) as accepted using (ticket_id, giver, receiver)
    where coalesce(changed.times, 0) <> coalesce(accepted.times, 0)`,
};

const handsChangeInHistory: SalesCheck = {
  name: "the history of tickets has every change of hands",
  table: "ticket",
  wrong: sql`
    select concat_ws(' ', ticket_id, 'epoch', epoch) as id,
      case when written.times is null then 'nothing' else format('%s times', written.times) end as found,
      case when changed.receiver is null then 'nothing' else 'once' end as expected
    from (
      select ticket_id, epoch, count(*) as times from ticket_event where kind = 'handed_over' group by ticket_id, epoch
    ) as written
    full join ${changesOfHands} as changed using (ticket_id, epoch)
    where written.times is distinct from 1 or changed.receiver is null`,
};

const openOffersCanBeAccepted: SalesCheck = {
  name: "open offers are of tickets that their givers hold and that are good",
  table: "hand_over",
  wrong: sql`
    select hand_over.id::text as id,
      concat_ws(', ', ticket.state, ${heldBy("ticket.holder_account_id")},
        case when ticket.blocked_at is not null then 'blocked' end) as found,
      concat_ws(', ', 'issued', ${heldBy("hand_over.from_account_id")}) as expected
    from hand_over
    join ticket on ticket.competition_session_id = hand_over.competition_session_id and ticket.id = hand_over.ticket_id
    where hand_over.state = 'offered'
      and (ticket.state <> 'issued' or ticket.blocked_at is not null
        or ticket.holder_account_id <> hand_over.from_account_id)`,
};

/** The buyer's seat counts as bought, and one that was paid back for nobody. */
const receivedSeatsCountOnce: SalesCheck = {
  name: "received seats count once for each who has received them",
  table: "hand_over",
  wrong: sql`
    select concat_ws(' ', 'ticket', ticket_id, 'account', receiver) as id,
      format('%s seats', counted) as found, format('%s seats', due) as expected
    from (
      select hand_over.ticket_id, to_account_id as receiver, count(*) filter (where counts) as counted,
        case when "order".account_id = to_account_id or refund_ticket.ticket_id is not null then 0 else 1 end as due
      from hand_over
      join ticket on ticket.competition_session_id = hand_over.competition_session_id
        and ticket.id = hand_over.ticket_id
      join "order" on "order".id = ticket.order_id
      left join refund_ticket on refund_ticket.competition_session_id = hand_over.competition_session_id
        and refund_ticket.ticket_id = hand_over.ticket_id
      where hand_over.state = 'accepted'
      group by hand_over.ticket_id, to_account_id, "order".account_id, refund_ticket.ticket_id
    ) as received
    where counted <> due`,
};

/** What must hold of who has which ticket. */
export const handOverChecks: readonly SalesCheck[] = [
  ticketsAreTheirEpochs,
  buyersWereFirst,
  handsChangeByHandOvers,
  handsChangeInHistory,
  openOffersCanBeAccepted,
  receivedSeatsCountOnce,
];
