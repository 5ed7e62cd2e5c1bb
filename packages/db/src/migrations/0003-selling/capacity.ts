import { type Kysely, sql } from "kysely";

/** Every change of a capacity; a large one waits for a second admin. */
export async function createCapacityChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table capacity_change (
      id uuid constraint capacity_change_pkey primary key,
      seat_pool_id uuid not null constraint capacity_change_seat_pool_fkey references seat_pool,
      from_capacity integer not null,
      to_capacity integer not null constraint capacity_change_to_check check (to_capacity >= 0),
      state text not null constraint capacity_change_state_check check (
        state in ('awaiting_approval', 'applied', 'rejected')),
      -- Null: an import of the programme.
      requested_by uuid constraint capacity_change_requested_by_fkey references account,
      requested_at timestamptz not null,
      -- The second admin; null for a small change, which needs none.
      decided_by uuid constraint capacity_change_decided_by_fkey references account,
      decided_at timestamptz,
      constraint capacity_change_decided_check check ((state = 'awaiting_approval') = (decided_at is null)),
      constraint capacity_change_two_admins check (state <> 'applied' or decided_by <> requested_by)
    )`.execute(db);
  await sql`
    create unique index capacity_change_one_awaiting on capacity_change (seat_pool_id)
    where state = 'awaiting_approval'`.execute(db);
  await sql`create index capacity_change_seat_pool_idx on capacity_change (seat_pool_id, requested_at)`.execute(db);
}
