import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase } from "./connection.ts";
import type { DB } from "./generated.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";
import { transactionInTwoSteps } from "./transaction-in-two-steps.ts";

let database: TestDatabase;
/** One connection, so that whatever is left behind on it meets the next. */
let single: Kysely<DB>;

beforeAll(async () => {
  database = await createTestDatabase();
  await sql`create table counted (id integer primary key, count integer not null check (count >= 0))`.execute(
    database.ownerDb,
  );
  await sql`grant select, insert, update, delete on counted to tessera_app`.execute(database.ownerDb);
  single = createDatabase(database.databaseUrl, { max: 1, applicationName: "tessera-test-two-steps" });
});
beforeEach(async () => {
  await sql`delete from counted`.execute(single);
  await sql`insert into counted values (1, 0)`.execute(single);
});
afterAll(async () => {
  await single.destroy();
  await database.drop();
});

const add = (count: number) => sql`update counted set count = count + ${count} where id = 1`;
const lockedCount = sql<{ count: number }>`select count from counted where id = 1 for update`;

async function readCount(): Promise<number | undefined> {
  const { rows } = await sql<{ count: number }>`select count from counted where id = 1`.execute(single);
  return rows[0]?.count;
}

test("tells the rows of each statement, in their order, and commits what comes last", async () => {
  const result = await transactionInTwoSteps(single, async (send, connection) => {
    const [, [locked], ids] = await Promise.all([
      send(add(2)),
      send(lockedCount),
      send(sql<{ id: number }>`select id from counted`),
    ]);
    // What was done a moment ago is there for whoever asks on the same connection.
    const { rows } = await lockedCount.execute(connection);
    return { statement: add(11), result: { locked, ids, rows } };
  });
  expect(result).toEqual({ locked: { count: 2 }, ids: [{ id: 1 }], rows: [{ count: 2 }] });
  expect(await readCount()).toBe(13);
});

test("undoes everything when a statement of the first step fails, and says which error it was", async () => {
  const going = transactionInTwoSteps(single, async (send) => {
    await Promise.all([send(add(5)), send(sql`select 1 / 0`), send(lockedCount)]);
    return { statement: add(1), result: undefined };
  });
  await expect(going).rejects.toThrow("division by zero");
  expect(await readCount()).toBe(0);
});

test("undoes everything when whoever decides throws, even before anything is answered", async () => {
  for (const waits of [true, false]) {
    const going = transactionInTwoSteps(single, async (send) => {
      const sent = send(add(5));
      if (waits) await sent;
      else void send(sql`select 1 / 0`);
      throw new Error("no");
    });
    await expect(going).rejects.toThrow("no");
    expect(await readCount()).toBe(0);
  }
});

test("undoes everything when the statement of the last step fails", async () => {
  const going = transactionInTwoSteps(single, async (send) => {
    await send(add(5));
    return { statement: add(-9), result: undefined };
  });
  await expect(going).rejects.toThrow("counted_count_check");
  expect(await readCount()).toBe(0);
});

test("is no result when a statement in between has failed, though whoever decides makes nothing of it", async () => {
  const going = transactionInTwoSteps(single, async (send, connection) => {
    await send(add(5));
    await sql`select 1 / 0`.execute(connection).catch(() => undefined);
    return { statement: undefined, result: "granted" };
  });
  await expect(going).rejects.toThrow("rolled back");
  expect(await readCount()).toBe(0);
});

test("holds its locks from the first step to the end: of two who add to what they have read, neither is lost", async () => {
  const addOne = () =>
    transactionInTwoSteps(database.db, async (send) => {
      const [row] = await send(lockedCount);
      const statement = sql`update counted set count = ${(row?.count ?? 0) + 1} where id = 1`;
      return { statement, result: undefined };
    });
  await Promise.all(Array.from({ length: 20 }, addOne));
  expect(await readCount()).toBe(20);
});
