import { type Kysely, sql } from "kysely";

export async function extendKeys(db: Kysely<unknown>): Promise<void> {
  // next: published, and not yet used. A retired key goes on verifying until the moment that its rotation named.
  await sql`alter table organiser_key drop constraint organiser_key_state_check`.execute(db);
  await sql`
    alter table organiser_key
      add constraint organiser_key_state_check check (state in ('next', 'active', 'retired', 'compromised')),
      add column activated_at timestamptz,
      add column verifies_until timestamptz`.execute(db);
  await sql`create unique index organiser_key_one_next on organiser_key (kind) where state = 'next'`.execute(db);
  await sql`update organiser_key set activated_at = created_at where state = 'active'`.execute(db);
  // A pass is made again from its terms, and so the token key of its epoch is one of them.
  await sql`
    alter table ticket_epoch
      add column token_key_id smallint`.execute(db);
  await sql`update ticket_epoch set token_key_id = 1 where pass_sha256 is not null`.execute(db);
  await sql`
    alter table ticket_epoch
      add constraint ticket_epoch_token_key_check check ((pass_sha256 is null) = (token_key_id is null))`.execute(db);
  // Which key-encryption keys there are; the keys themselves never come here. The check value tells another key that
  // goes by the same id. next: not used before every server has it. former: seals no more, still opens. retired:
  // nothing is sealed under it.
  await sql`
    create table kek (
      kind text not null,
      id integer not null constraint kek_id_check check (id between 1 and 65535),
      state text not null constraint kek_state_check check (state in ('next', 'active', 'former', 'retired')),
      check_value bytea not null,
      created_at timestamptz not null,
      activated_at timestamptz,
      constraint kek_pkey primary key (kind, id)
    )`.execute(db);
  await sql`create unique index kek_one_active on kek (kind) where state = 'active'`.execute(db);
  // Which of them each server that lives can open with, and which it seals with.
  await sql`
    create table node_kek (
      node_id uuid not null,
      kind text not null,
      kek_id integer not null,
      seals boolean not null,
      seen_at timestamptz not null,
      constraint node_kek_pkey primary key (node_id, kind, kek_id)
    )`.execute(db);
}
