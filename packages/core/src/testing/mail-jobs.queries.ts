import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

/** The job of a mail in graphile-worker's queue. */
export type MailJob = { payload: unknown; attempts: number; lastError: string | null; lockedBy: string | null };

/** @param ownerDb the application's role has no rights on the queue */
export async function readMailJob(ownerDb: Kysely<Database>, mailId: string): Promise<MailJob | undefined> {
  const { rows } = await sql<MailJob>`
    select payload, attempts, last_error as "lastError", locked_by as "lockedBy"
    from graphile_worker._private_jobs where payload ->> 'mailId' = ${mailId}`.execute(ownerDb);
  return rows[0];
}

/** As if so many tries had failed. */
export async function setMailJobAttempts(ownerDb: Kysely<Database>, mailId: string, attempts: number): Promise<void> {
  await sql`
    update graphile_worker._private_jobs set attempts = ${attempts}
    where payload ->> 'mailId' = ${mailId}`.execute(ownerDb);
}

/** As if a worker had taken it so long ago. */
export async function setMailJobLock(ownerDb: Kysely<Database>, mailId: string, secondsAgo: number): Promise<void> {
  await sql`
    update graphile_worker._private_jobs
    set locked_at = now() - make_interval(secs => ${secondsAgo}), locked_by = coalesce(locked_by, 'worker-of-a-test')
    where payload ->> 'mailId' = ${mailId}`.execute(ownerDb);
}

/** What an operator does once the cause is mended, as in docs/operations.md: all of them now, and from the start. */
export async function rescheduleMailJobs(ownerDb: Kysely<Database>): Promise<void> {
  await sql`
    select graphile_worker.reschedule_jobs(array_agg(id), run_at => now(), attempts => 0)
    from graphile_worker.jobs where task_identifier = 'send_mail'`.execute(ownerDb);
  await wakeWorkers(ownerDb);
}

/** As if the pause before the next try of a mail were over; what was tried counts. */
export async function hurryMailJob(ownerDb: Kysely<Database>, mailId: string): Promise<void> {
  await sql`
    select graphile_worker.reschedule_jobs(array_agg(id), run_at => now())
    from graphile_worker._private_jobs where payload ->> 'mailId' = ${mailId}`.execute(ownerDb);
  await wakeWorkers(ownerDb);
}

/** They look for themselves every two seconds; only new jobs are told at once. */
async function wakeWorkers(ownerDb: Kysely<Database>): Promise<void> {
  await sql`select pg_notify('jobs:insert', '{"count":1}')`.execute(ownerDb);
}

/** As when the database restarts: what the worker has open is closed. Gives how many connections. */
export async function cutWorkerConnections(ownerDb: Kysely<Database>): Promise<number> {
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'tessera-worker'`.execute(ownerDb);
  return rows.length;
}
