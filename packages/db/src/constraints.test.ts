import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "./connection.ts";
import { constraintOf, isOutage, isRetryable } from "./constraints.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`
    create table parent (id int constraint parent_pkey primary key, seats int constraint parent_seats_check check (seats >= 0));
    create table child (parent_id int constraint child_parent_fkey references parent);
    insert into parent values (1, 0), (2, 0)`.execute(database.ownerDb);
});
afterAll(() => database.drop());

async function failureOf(statement: string): Promise<unknown> {
  return sql
    .raw(statement)
    .execute(database.ownerDb)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

test.each([
  ["insert into parent values (1, 0)", { kind: "unique", constraint: "parent_pkey" }],
  ["insert into parent values (3, -1)", { kind: "check", constraint: "parent_seats_check" }],
  ["insert into child values (9)", { kind: "foreign_key", constraint: "child_parent_fkey" }],
])("%s is told by the constraint's name", async (statement, expected) => {
  const failure = await failureOf(statement);
  expect(constraintOf(failure)).toEqual(expected);
  expect(isRetryable(failure)).toBe(false);
});

test("a server that cannot be reached, ends a session or goes away is an outage, and what it says of a statement is not", async () => {
  const nowhere = createDatabase("postgres://nobody@127.0.0.1:1/nothing", { max: 1, applicationName: "test" });
  const ended = createDatabase(database.databaseUrl, { max: 1, applicationName: "test" });
  for (const db of [nowhere, ended]) {
    const failure = await sql`select pg_terminate_backend(pg_backend_pid())`
      .execute(db)
      .catch((error: unknown) => error);
    expect(isOutage(failure)).toBe(true);
    await db.destroy();
  }
  expect(isOutage(new Error("Connection terminated unexpectedly"))).toBe(true);
  expect(isOutage(await failureOf("select 1 / 0"))).toBe(false);
  expect(isOutage(await failureOf("insert into parent values (1, 0)"))).toBe(false);
  expect(isOutage(new TypeError("no function"))).toBe(false);
});

test("any other failure is no violation", async () => {
  const failure = await failureOf("select 1 / 0");
  expect(failure).toBeInstanceOf(Error);
  expect(constraintOf(failure)).toBeUndefined();
  expect(constraintOf(undefined)).toBeUndefined();
});

test("of two transactions that wait for each other, the one that is ended may be run again", async () => {
  const lockBoth = (first: number, second: number, bothHoldOne: () => Promise<void>): Promise<void> =>
    database.ownerDb.transaction().execute(async (transaction) => {
      await sql`update parent set seats = seats + 1 where id = ${first}`.execute(transaction);
      await bothHoldOne();
      await sql`update parent set seats = seats + 1 where id = ${second}`.execute(transaction);
    });
  const { promise: met, resolve: meet } = Promise.withResolvers<void>();
  let holders = 0;
  const bothHoldOne = (): Promise<void> => {
    holders += 1;
    if (holders === 2) meet();
    return met;
  };

  const outcomes = await Promise.allSettled([lockBoth(1, 2, bothHoldOne), lockBoth(2, 1, bothHoldOne)]);

  const failures = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(failures).toHaveLength(1);
  expect(isRetryable(failures[0]?.reason)).toBe(true);
});
