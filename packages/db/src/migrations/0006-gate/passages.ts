import { type Kysely, sql } from "kysely";

/** Going in and going out. What was an admission is the passage in with the same number. */
export async function createPassages(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table passage (
      competition_session_id uuid not null,
      ticket_id uuid not null,
      direction text not null constraint passage_direction_check check (direction in ('in', 'out')),
      -- Rises with each one of a ticket and direction, in the order in which the server heard of them.
      ordinal smallint not null,
      scan_id uuid not null,
      gate_id uuid not null constraint passage_gate_fkey references gate,
      at timestamptz not null,
      -- No code was read and proved: somebody was found by name, or let in against what the screen said.
      by_hand boolean not null default false,
      constraint passage_pkey primary key (competition_session_id, ticket_id, direction, ordinal),
      constraint passage_scan_key unique (competition_session_id, scan_id),
      constraint passage_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket,
      constraint passage_scan_fkey foreign key (competition_session_id, scan_id) references scan
    )`.execute(db);
  await sql`
    insert into passage (competition_session_id, ticket_id, direction, ordinal, scan_id, gate_id, at)
      select competition_session_id, ticket_id, 'in', entry_number, scan_id, gate_id, admitted_at from admission`.execute(
    db,
  );
  await sql`update scan set through = true, finding = 'good' where (competition_session_id, id) in (
    select competition_session_id, scan_id from admission)`.execute(db);
  await sql`drop table admission`.execute(db);
}
