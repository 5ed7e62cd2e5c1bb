import { type Kysely, sql } from "kysely";

export async function createAudit(db: Kysely<unknown>): Promise<void> {
  // Who did what, by ids: names and addresses are in the account, and can be deleted there.
  await sql`
    create table audit_entry (
      id uuid constraint audit_entry_pkey primary key,
      at timestamptz not null,
      action text not null,
      actor_id uuid,
      subject_id uuid,
      details jsonb not null
    )`.execute(db);
  await sql`create index audit_entry_at_idx on audit_entry (at desc, id desc)`.execute(db);
  await sql`create index audit_entry_actor_idx on audit_entry (actor_id)`.execute(db);
  await sql`create index audit_entry_subject_idx on audit_entry (subject_id)`.execute(db);
  // What the sealer has yet to chain: entries become visible in any order, and so none is found by a watermark.
  await sql`
    create table audit_unsealed (
      entry_id uuid constraint audit_unsealed_pkey primary key
    )`.execute(db);
  await sql`
    create table audit_seal (
      position bigint constraint audit_seal_pkey primary key,
      entry_id uuid not null constraint audit_seal_entry_key unique,
      chain_hash bytea not null
    )`.execute(db);
  await sql`
    create function note_unsealed() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      insert into audit_unsealed (entry_id) values (new.id);
      return new;
    end $$`.execute(db);
  await sql`
    create trigger audit_entry_note_unsealed after insert on audit_entry
    for each row execute function note_unsealed()`.execute(db);
  // The rights already forbid it to the application; this forbids it to the owner's slips too.
  await sql`
    create function refuse_rewriting() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  for (const table of ["audit_entry", "audit_seal"]) {
    await sql`
      create trigger ${sql.raw(table)}_append_only before update or delete or truncate on ${sql.table(table)}
      for each statement execute function refuse_rewriting()`.execute(db);
  }
}
