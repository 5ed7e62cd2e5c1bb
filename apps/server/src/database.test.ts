import { createPool } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { SetupError } from "./setup-error.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const log = pino({ level: "silent" });

/** Where nobody listens: a port that was free a moment ago may have been given to another test. */
const nowhere = "postgres://tessera_app:hunter2@127.0.0.1:1/tessera";

it.each([
  ["DATABASE_OWNER_URL", () => ({ url: database.databaseUrl, ownerUrl: nowhere })],
  ["DATABASE_URL", () => ({ url: nowhere, ownerUrl: database.ownerUrl })],
])("names the variable of a database that does not answer, after another try: %s", async (variable, urls) => {
  const said: string[] = [];
  const opening = openDatabase(
    { database: urls(), dataDir: "" },
    { log, say: (sentence) => void said.push(sentence), attempts: 2 },
  );
  await expect(opening).rejects.toThrow(SetupError);
  await expect(opening).rejects.toThrow(new RegExp(`^${variable}: `));
  await expect(opening).rejects.not.toThrow(/hunter2/);
  expect(said).toEqual([expect.stringMatching(new RegExp(`^${variable}: .*Trying again`))]);
});

const sleep = (db: OpenDatabase["db"], seconds: number) =>
  db.selectNoFrom((eb) => eb.fn("pg_sleep", [eb.val(seconds)]).as("slept")).execute();

it("gives a query of the server's only so long, and a migration as long as it takes", async () => {
  const queryTimeoutMs = 100;
  const pool = createPool(database.ownerUrl, { max: 1, applicationName: "tessera-test" });
  const inTheWay = await pool.connect();
  await inTheWay.query("begin; lock table kysely_migration in access exclusive mode");
  const opening = openDatabase(
    { database: { url: database.databaseUrl, ownerUrl: database.ownerUrl }, dataDir: "" },
    { log, say: () => undefined, queryTimeoutMs },
  );
  // What is looked at stands still within a transaction, unless it is let go.
  const waiting = `
    select from pg_stat_activity
    where application_name = 'tessera-migrate' and datname = current_database() and wait_event_type = 'Lock'
      and clock_timestamp() - query_start > ${3 * queryTimeoutMs} * interval '1 millisecond'`;
  await vi.waitUntil(
    async () => {
      await inTheWay.query("select pg_stat_clear_snapshot()");
      return (await inTheWay.query(waiting)).rowCount === 1;
    },
    { timeout: 20_000 },
  );
  await inTheWay.query("commit");
  inTheWay.release();
  await pool.end();
  const opened = await opening;
  await expect(sleep(opened.db, 2)).rejects.toThrow("timeout");
  await opened.close();
});

it("gives a query of a command as long as it takes", async () => {
  const opened = await openDatabase(
    { database: { url: database.databaseUrl, ownerUrl: database.ownerUrl }, dataDir: "" },
    { log, say: () => undefined },
  );
  expect(await sleep(opened.db, 0.3)).toHaveLength(1);
  await opened.close();
});

it("answers to its check until it is closed", async () => {
  const opened = await openDatabase(
    { database: { url: database.databaseUrl, ownerUrl: database.ownerUrl }, dataDir: "" },
    { log, say: () => undefined },
  );
  await opened.check();
  await opened.close();
  await expect(opened.check()).rejects.toThrow(/cannot be reached/);
});
