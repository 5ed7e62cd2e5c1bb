import { type Kysely, sql } from "kysely";

/**
 * Which transaction last changed what a list says of a ticket, so that a tablet is told what is new since a cursor. Cursors
 * stop at `pg_snapshot_xmin`: a transaction that commits late has a higher number, and is told the next time.
 */
export async function trackListChanges(db: Kysely<unknown>): Promise<void> {
  await sql`alter table ticket add column changed_xid xid8 not null default pg_current_xact_id()`.execute(db);
  await sql`create index ticket_changed_idx on ticket (competition_session_id, changed_xid, id)`.execute(db);
  await sql`
    create function note_ticket_change() returns trigger language plpgsql as $$
    begin
      new.changed_xid := pg_current_xact_id();
      return new;
    end $$`.execute(db);
  await sql`
    create trigger ticket_changed before update on ticket for each row execute function note_ticket_change()`.execute(
    db,
  );
  // Whoever goes in or out changes what lists say of their ticket, and touches no column of it.
  await sql`
    create function note_passage() returns trigger language plpgsql as $$
    begin
      update ticket set changed_xid = pg_current_xact_id()
        where competition_session_id = coalesce(new.competition_session_id, old.competition_session_id)
          and id = coalesce(new.ticket_id, old.ticket_id) and changed_xid <> pg_current_xact_id();
      return null;
    end $$`.execute(db);
  await sql`
    create trigger passage_changes_ticket after insert or update or delete on passage
      for each row execute function note_passage()`.execute(db);
}
