import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { createDatabase } from "./connection.ts";
import { createJobsPool, jobsSchema } from "./jobs-pool.ts";
import { migrations } from "./migrations/index.ts";
import { DatabaseSetupError, messageOf } from "./setup-error.ts";

/** The role that the server works with. Migrations grant it what it needs, by this name. */
export const applicationRole = "tessera_app";

/**
 * Brings a database to the newest schema: every migration that it lacks, in order, all in one transaction; then the
 * schema of the queue of jobs, which is graphile-worker's own. There is no way back. Safe to call from several processes at once: PostgreSQL's advisory lock lets one through, and the others
 * then find nothing left to do.
 *
 * @param ownerUrl a direct connection (no pooler) as the role that owns the database
 * @returns the names of the migrations that were applied now
 * @throws DatabaseSetupError `application_role_missing`, `database_newer_than_code` or `migration_failed`
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const db = createDatabase(ownerUrl, { max: 1, applicationName: "tessera-migrate" });
  try {
    await requireApplicationRole(db);
    await refuseNewerSchema(db);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results.find((result) => result.status === "Error")?.migrationName;
      throw new DatabaseSetupError(
        "migration_failed",
        `${failed === undefined ? "The migrations" : `Migration ${failed}`} failed and changed nothing: ${messageOf(error)}`,
        { cause: error },
      );
    }
    if (!(await hasNewestJobs(db))) await migrateJobs(ownerUrl);
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

/**
 * Refuses a database that lacks a migration, or has one that this code does not know; changes nothing.
 *
 * @throws DatabaseSetupError `schema_not_current` or `database_newer_than_code`
 */
export async function requireNewestSchema<Tables>(db: Kysely<Tables>): Promise<void> {
  await refuseNewerSchema(db);
  const applied = await appliedMigrations(db);
  const missing = Object.keys(migrations).filter((name) => !applied.includes(name));
  if (missing.length === 0) return;
  throw new DatabaseSetupError(
    "schema_not_current",
    applied.length === 0
      ? "Tessera has never set up this database."
      : `This database lacks the migrations ${missing.join(", ")}: start this version of the server once, which applies them.`,
  );
}

/** The number of the newest migration of the graphile-worker that we use. */
const newestJobsMigration = 20;

/** Asked first, since every start after the first finds it so, and the package takes time to load. */
async function hasNewestJobs<Tables>(db: Kysely<Tables>): Promise<boolean> {
  const table = `${jobsSchema}.migrations`;
  const { rows: tables } = await sql<{ exists: boolean }>`select to_regclass(${table}) is not null as exists`.execute(
    db,
  );
  if (tables[0]?.exists !== true) return false;
  const { rows } = await sql<{ newest: number }>`select max(id) as newest from ${sql.table(table)}`.execute(db);
  return (rows[0]?.newest ?? 0) >= newestJobsMigration;
}

/** Each of its migrations is a transaction, and of several processes one applies it. */
async function migrateJobs(ownerUrl: string): Promise<void> {
  const { Logger, runMigrations } = await import("graphile-worker");
  const pgPool = createJobsPool(ownerUrl, { max: 2, applicationName: "tessera-migrate-jobs" });
  try {
    await runMigrations({ pgPool, schema: jobsSchema, logger: new Logger(() => () => undefined) });
  } catch (error) {
    throw new DatabaseSetupError("migration_failed", `The queue of jobs could not be set up: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    await pgPool.end();
  }
}

async function requireApplicationRole<Tables>(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${applicationRole}`.execute(db);
  if (rows.length > 0) return;
  throw new DatabaseSetupError(
    "application_role_missing",
    `The role ${applicationRole} does not exist. Create it once, as a superuser ` +
      `(CREATE ROLE ${applicationRole} LOGIN PASSWORD '…'), and let DATABASE_URL use it.`,
  );
}

async function refuseNewerSchema<Tables>(db: Kysely<Tables>): Promise<void> {
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new DatabaseSetupError(
    "database_newer_than_code",
    `A newer Tessera has migrated this database (${unknown.join(", ")}). Start that version, or restore a backup.`,
  );
}

async function appliedMigrations<Tables>(db: Kysely<Tables>): Promise<string[]> {
  const table = await sql<{ exists: boolean }>`
    select to_regclass('kysely_migration') is not null as exists`.execute(db);
  if (!table.rows[0]?.exists) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}
