import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

/** How many sessions of this database wait for somebody's lock. A role is shown only its own. */
export async function waitingForLocks(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Takes the connection away from every session of this database that waits for somebody's lock. */
export async function endThoseWhoWait(db: Kysely<Database>): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
}

/** Whoever updates one account waits for as long as `during` takes, in the middle of the statement. */
export async function withUpdateHeld(
  ownerDb: Kysely<Database>,
  accountId: string,
  during: () => Promise<void>,
): Promise<void> {
  await sql`
    create function wait_here() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(42);
      return new;
    end $$`.execute(ownerDb);
  await sql`
    create trigger wait_here before update on account for each row
    when (new.id = ${sql.lit(accountId)}) execute function wait_here()`.execute(ownerDb);
  await ownerDb.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(42)`.execute(trx);
    await during();
  });
}
