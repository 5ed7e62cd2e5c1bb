import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "../migrations/index.ts";
import type { TestDatabase } from "./test-database.ts";

/** Makes a test's database what it is on the day that somebody creates it: no tables. */
export async function emptyDatabase({ ownerDb }: TestDatabase): Promise<void> {
  await sql`
    drop schema if exists graphile_worker cascade;
    drop schema public cascade;
    create schema public authorization tessera_owner;
    grant usage on schema public to public`.execute(ownerDb);
}

/** Empties a test's database and gives it the schema of an older release, to be filled and then brought to the newest. */
export async function migrateTo(database: TestDatabase, name: string): Promise<void> {
  await emptyDatabase(database);
  const migrator = new Migrator({ db: database.ownerDb, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateTo(name);
  if (error !== undefined) throw new Error(`no schema ${name}`, { cause: error });
}
