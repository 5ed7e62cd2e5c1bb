import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

export type TicketStepRow = {
  ticketId: string;
  step: string;
  at: Date;
  from: string | null;
  to: string | null;
  gate: string | null;
};

/** The steps of one moment in the order in which one leads to another: ids of one millisecond are in none. */
const inOrder = (
  "issued activated moved printed named offered refused taken_back expired void handed_over blocked unblocked admitted " +
  "cancelled"
).split(" ");

/**
 * What has happened to the tickets of an order, and to the offers to hand them over, oldest first. An offer that was
 * accepted is the hand-over that the ticket's own history tells of at the same moment.
 */
export async function selectTicketSteps(db: Kysely<Database>, orderId: string): Promise<TicketStepRow[]> {
  const { rows } = await sql<TicketStepRow>`
    with one as (
      select competition_session_id, id from ticket where order_id = ${orderId}
    ), offer as (
      select ticket_id, hand_over.state, offered_at, ended_at, coalesce(giver.display_name, from_name) as giver,
        coalesce(to_email, receiver.email) as receiver
      from one
      join hand_over on hand_over.competition_session_id = one.competition_session_id and hand_over.ticket_id = one.id
      left join account as giver on giver.id = from_account_id and giver.deleted_at is null
      left join account as receiver on receiver.id = to_account_id and receiver.deleted_at is null
    )
    select "ticketId", step, at, "from", "to", gate
    from (
      select event.ticket_id as "ticketId", kind as step, at, offer.giver as "from", offer.receiver as "to",
        gate.name as gate
      from one
      join ticket_event as event on event.competition_session_id = one.competition_session_id
        and event.ticket_id = one.id
      left join offer on kind = 'handed_over' and offer.ticket_id = one.id and offer.state = 'accepted'
        and offer.ended_at = at
      left join lateral (
        select gate_id from passage
        where kind = 'admitted' and competition_session_id = one.competition_session_id and ticket_id = one.id
          and direction = 'in'
        order by passage.at, ordinal
        limit 1
      ) as entry on true
      left join gate on gate.id = entry.gate_id
      union all
      select ticket_id, 'offered', offered_at, giver, receiver, null from offer
      union all
      select ticket_id, state, ended_at, giver, receiver, null from offer where state not in ('offered', 'accepted')
    ) as history
    order by at, array_position(${inOrder}::text[], step)`.execute(db);
  return rows;
}
