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
  await sql`create index mail_created_idx on mail (created_at)`.execute(db);
  await createSending(db);
  // The store of rate-limiter-flexible. Unlogged: a crash may forget it, and nothing waits for it to be on disk.
  await sql`
    create unlogged table rate_limit (
      key varchar(255) constraint rate_limit_pkey primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db);
}

/**
 * What takes mails to the queue of jobs, with the owner's rights: the application's role has none there. The job knows
 * the mail's id and nothing else of it. Thirteen tries, each pause longer than the one before, end after 22 hours.
 */
async function createSending(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function queue_mail_job() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform graphile_worker.add_job('send_mail', json_build_object('mailId', new.id), max_attempts => 13);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger mail_queue_job after insert on mail
    for each row execute function queue_mail_job()`.execute(db);
  // A process that was killed keeps its jobs locked, for four hours by graphile-worker's own rule: a code is no longer
  // good by then.
  await sql`
    create function release_abandoned_mail_jobs(abandoned interval) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      released bigint;
    begin
      update graphile_worker._private_jobs as job
      set locked_at = null, locked_by = null, run_at = now()
      from graphile_worker._private_tasks as task
      where task.id = job.task_id and task.identifier = 'send_mail' and job.locked_at < now() - abandoned;
      get diagnostics released = row_count;
      return released;
    end $$`.execute(db);
  for (const name of ["queue_mail_job()", "release_abandoned_mail_jobs(interval)"]) {
    await sql`revoke all on function ${sql.raw(name)} from public`.execute(db);
  }
  await sql`grant execute on function release_abandoned_mail_jobs(interval) to tessera_app`.execute(db);
}
