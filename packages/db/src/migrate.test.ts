import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";
import { emptyDatabase } from "./testing/older-schema.ts";

const names = Object.keys(migrations).toSorted();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function applied(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    database.ownerDb,
  );
  return rows.map((row) => row.name);
}

test("eight starts at once on an empty database: each migration is applied once, by one of them", async () => {
  await emptyDatabase(database);
  const results = await Promise.all(Array.from({ length: 8 }, () => migrate(database.ownerUrl)));
  expect(results.flat().toSorted()).toEqual(names);
  expect(await applied()).toEqual(names);
});

test("the queue of jobs is brought to its newest schema, also from one before it", async () => {
  await emptyDatabase(database);
  const newest = async (): Promise<number | undefined> => {
    const table = sql.table("graphile_worker.migrations");
    return (await sql<{ id: number }>`select max(id) as id from ${table}`.execute(database.ownerDb)).rows[0]?.id;
  };
  await migrate(database.ownerUrl);
  // With another version of graphile-worker there may be more, and migrate.ts must know of them.
  expect(await newest()).toBe(20);
  await sql`delete from graphile_worker.migrations where id = 20`.execute(database.ownerDb);
  await migrate(database.ownerUrl);
  expect(await newest()).toBe(20);
});

test("two processes at once are as safe", async () => {
  await emptyDatabase(database);
  const runs = await Promise.all([migrateInProcess(), migrateInProcess()]);
  expect(runs.flat().toSorted()).toEqual(names);
  expect(await applied()).toEqual(names);
});

async function migrateInProcess(): Promise<string[]> {
  const child = fork(fileURLToPath(new URL("testing/migrate.child.ts", import.meta.url)), [database.ownerUrl]);
  const [message] = (await once(child, "message")) as [string[]];
  return message;
}

test("a second start changes nothing", async () => {
  expect(await migrate(database.ownerUrl)).toEqual([]);
});

test("a database that a newer version has migrated is refused by name", async () => {
  await sql`insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')`.execute(database.ownerDb);
  await expect(migrate(database.ownerUrl)).rejects.toMatchObject({
    code: "database_newer_than_code",
    message: expect.stringContaining("9999-later") as string,
  });
  await sql`delete from kysely_migration where name = '9999-later'`.execute(database.ownerDb);
});

test("a migration that fails says which, and leaves nothing behind", async () => {
  await emptyDatabase(database);
  await sql`create table seat_pool (id int)`.execute(database.ownerDb);
  await expect(migrate(database.ownerUrl)).rejects.toMatchObject({
    code: "migration_failed",
    message: expect.stringContaining("0001-initial") as string,
  });
  const { rows } = await sql<{ table: string | null }>`select to_regclass('account')::text as table`.execute(
    database.ownerDb,
  );
  expect(rows).toEqual([{ table: null }]);
});
