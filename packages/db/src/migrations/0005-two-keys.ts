import { type Kysely, sql } from "kysely";

/** Tickets that go to somebody else or onto paper, competition sessions that are cancelled, and lists that are numbered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createHandOvers(db);
  await sql`
    alter table ticket_event
      drop constraint ticket_event_kind_check,
      add constraint ticket_event_kind_check check (kind in (
        'issued', 'activated', 'moved', 'printed', 'named', 'handed_over', 'admitted', 'cancelled', 'blocked',
        'unblocked'))`.execute(db);
  await sql`
    alter table competition_session
      add column hand_over_allowed boolean not null default true,
      add column cancelled_at timestamptz,
      add column cancelled_by uuid constraint competition_session_cancelled_by_fkey references account,
      add column cancel_note text,
      -- When everybody who had paid for it was paid back, or was found to have been.
      add column paid_back_at timestamptz,
      add constraint competition_session_paid_back_check check (paid_back_at is null or state = 'cancelled')`.execute(
    db,
  );
  await sql`
    alter table refund
      drop constraint refund_reason_check,
      add constraint refund_reason_check check (reason in (
        'no_seats_left', 'limit_reached', 'not_on_sale', 'session_cancelled', 'paid_twice', 'account_deleted',
        'organiser'))`.execute(db);
  // One row: lists are numbered over all competition sessions, and a number is given out once.
  await sql`
    create table list_number (
      last bigint not null,
      only_one boolean not null default true
        constraint list_number_only_one_key unique
        constraint list_number_only_one_check check (only_one)
    )`.execute(db);
  await sql`insert into list_number (last) values (0)`.execute(db);
  const grants = [
    "select, insert on hand_over to tessera_app",
    "update (state, to_account_id, counts, ended_at, to_email, from_name) on hand_over to tessera_app",
    "select, update (last) on list_number to tessera_app",
  ];
  for (const grant of grants) await sql`grant ${sql.raw(grant)}`.execute(db);
}

/** One ticket on its way to somebody else's account; of a ticket one at most is `offered`. */
async function createHandOvers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hand_over (
      competition_session_id uuid not null,
      id uuid not null,
      ticket_id uuid not null,
      from_account_id uuid not null constraint hand_over_from_fkey references account,
      -- As the receiver was told; null once it must be forgotten.
      from_name text,
      to_email text,
      to_account_id uuid constraint hand_over_to_fkey references account,
      state text not null constraint hand_over_state_check check (
        state in ('offered', 'accepted', 'refused', 'taken_back', 'expired', 'void')),
      -- Whether its seat counts against the receiver's limits: not when the ticket had been the receiver's before.
      counts boolean not null default false,
      offered_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      constraint hand_over_pkey primary key (competition_session_id, id),
      constraint hand_over_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket,
      constraint hand_over_ended_check check ((state = 'offered') = (ended_at is null)),
      constraint hand_over_receiver_check check (state <> 'accepted' or to_account_id is not null),
      constraint hand_over_counts_check check (not counts or state = 'accepted')
    )`.execute(db);
  await sql`create unique index hand_over_one_offered_key on hand_over (ticket_id) where state = 'offered'`.execute(db);
  await sql`create index hand_over_id_idx on hand_over (id)`.execute(db);
  await sql`create index hand_over_ticket_idx on hand_over (ticket_id)`.execute(db);
  await sql`create index hand_over_from_idx on hand_over (from_account_id)`.execute(db);
  await sql`create index hand_over_to_email_idx on hand_over (to_email)`.execute(db);
  await sql`create index hand_over_to_account_idx on hand_over (to_account_id)`.execute(db);
  // What a purchase looks at: seats that an account has received.
  await sql`
    create index hand_over_counting_idx on hand_over (to_account_id, competition_session_id) where counts`.execute(db);
  await sql`create index hand_over_expiry_idx on hand_over (expires_at) where state = 'offered'`.execute(db);
}
