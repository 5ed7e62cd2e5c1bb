import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createDatabase, createPool, prepared } from "./connection.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function read(expression: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(database.db);
  return rows[0]?.value;
}

test("bigint is a number, up to the largest that is exact", async () => {
  expect(await read("9007199254740991::bigint")).toBe(Number.MAX_SAFE_INTEGER);
  expect(await read("array[1, null, -3]::bigint[]")).toEqual([1, null, -3]);
  expect(await read("'{}'::bigint[]")).toEqual([]);
});

test("a bigint that would be rounded fails the query, and the connection goes on", async () => {
  await expect(read("9007199254740992::bigint")).rejects.toThrow(RangeError);
  expect(await read("1::bigint")).toBe(1);
});

test("a moment is a Date, a day is the day that was written", async () => {
  expect(await read("'2028-07-14 20:00:00+02'::timestamptz")).toEqual(new Date("2028-07-14T18:00:00Z"));
  expect(await read("'2028-07-14'::date")).toBe("2028-07-14");
});

test("bytes are a Buffer, a uuid and a numeric are text", async () => {
  expect(await read("'\\x00ff'::bytea")).toEqual(Buffer.from([0, 255]));
  expect(await read("'019a0000-0000-7000-8000-000000000000'::uuid")).toBe("019a0000-0000-7000-8000-000000000000");
  expect(await read("12.50::numeric")).toBe("12.50");
});

test("what is marked is planned once a connection, whatever its values", async () => {
  const single = createDatabase(database.databaseUrl, { max: 1, applicationName: "tessera-test-prepared" });
  try {
    for (const id of ["one", "two", "three"]) {
      await sql`${prepared} select id from games where id = ${id}`.execute(single);
      await sql`select id from games where id = ${id}`.execute(single);
    }
    const { rows } = await sql<{ calls: number }>`
      select generic_plans + custom_plans as calls from pg_prepared_statements`.execute(single);
    expect(rows).toEqual([{ calls: 3 }]);
  } finally {
    await single.destroy();
  }
});

test("a query may take as long as it takes, unless its pool was told how long", async () => {
  const settings = { max: 1, applicationName: "tessera-test-hasty" };
  const patient = createPool(database.databaseUrl, settings);
  expect(patient.options).not.toHaveProperty("query_timeout");
  await patient.end();
  const hasty = createDatabase(database.databaseUrl, { ...settings, queryTimeoutMs: 50 });
  await expect(sql`select pg_sleep(2)`.execute(hasty)).rejects.toThrow("timeout");
  await hasty.destroy();
});

test("a connection that dies between two statements fails the next one, not the process", async () => {
  const single = createDatabase(database.databaseUrl, { max: 1, applicationName: "tessera-test-dying" });
  const dying = single.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    const { pid } = rows[0] ?? { pid: 0 };
    await sql`select pg_terminate_backend(${pid})`.execute(database.ownerDb);
    // Nothing is asked on it until the server has let it go, and has said so.
    const isThere = sql<{ pid: number }>`select pid from pg_stat_activity where pid = ${pid}`;
    await vi.waitUntil(async () => (await isThere.execute(database.ownerDb)).rows.length === 0);
    await sql`select 1`.execute(trx);
  });
  await expect(dying).rejects.toThrow("terminat");
  expect((await sql`select 1 as one`.execute(single)).rows).toEqual([{ one: 1 }]);
  await single.destroy();
});
