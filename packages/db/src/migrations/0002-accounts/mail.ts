import { type Kysely, sql } from "kysely";

export async function createMail(db: Kysely<unknown>): Promise<void> {
  // The outbox: written with what a mail tells of, sent after the commit. What it says is sealed, since it may hold a
  // link that opens something, and is forgotten once it is sent.
  await sql`
    create table mail (
      id uuid constraint mail_pkey primary key,
      account_id uuid constraint mail_account_fkey references account,
      template text not null,
      locale text not null constraint mail_locale_check check (locale in ('fr', 'en')),
      sealed_content bytea,
      created_at timestamptz not null,
      sent_at timestamptz
    )`.execute(db);
  await sql`create index mail_account_idx on mail (account_id)`.execute(db);
  // The store of rate-limiter-flexible. Unlogged: a crash may forget it, and nothing waits for it to be on disk.
  await sql`
    create unlogged table rate_limit (
      key varchar(255) constraint rate_limit_pkey primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db);
}
