import { type Kysely, sql } from "kysely";

/** Tickets that an admin has blocked, until it is lifted; refunds of tickets that were free. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Beside their state, since they may be let in again.
  await sql`
    alter table ticket
      add column blocked_at timestamptz,
      add column block_note text,
      add constraint ticket_block_check check ((blocked_at is null) = (block_note is null))`.execute(db);
  await sql`
    alter table ticket_event
      drop constraint ticket_event_kind_check,
      add constraint ticket_event_kind_check check (
        kind in ('issued', 'activated', 'moved', 'admitted', 'cancelled', 'blocked', 'unblocked'))`.execute(db);
  await sql`grant update (blocked_at, block_note) on ticket to tessera_app`.execute(db);
  // Of tickets that were free nothing goes back.
  await sql`
    alter table refund
      drop constraint refund_amount_check,
      add constraint refund_amount_check check (amount_cents >= 0)`.execute(db);
}
