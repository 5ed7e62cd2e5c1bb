import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "./connection.ts";
import { applicationRole } from "./migrate.ts";
import { checkServer, judgeServer } from "./server-check.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

const durable = { version: 180_004, fsync: "on", full_page_writes: "on", synchronous_commit: "on" };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("the embedded server is fit for both roles", async () => {
  await checkServer(database.db);
  await checkServer(database.ownerDb);
  expect(() => judgeServer(durable)).not.toThrow();
});

test("PostgreSQL 14 is refused, 15 is not", () => {
  expect(() => judgeServer({ ...durable, version: 140_019 })).toThrow(
    expect.objectContaining({ code: "server_too_old", message: expect.stringContaining("14") as string }),
  );
  expect(() => judgeServer({ ...durable, version: 150_000 })).not.toThrow();
});

test.each(["fsync", "full_page_writes", "synchronous_commit"])("%s = off is refused by name", (name) => {
  expect(() => judgeServer({ ...durable, [name]: "off" })).toThrow(
    expect.objectContaining({ code: "unsafe_setting", message: expect.stringContaining(`${name} = off`) as string }),
  );
});

test("waiting for a replica is fit, too", () => {
  expect(() => judgeServer({ ...durable, synchronous_commit: "remote_apply" })).not.toThrow();
});

test("a setting that only this role has is found by its own connection", async () => {
  // The role may change this setting for itself, and so the server's own value proves nothing.
  const loose = createDatabase(`${database.databaseUrl}?options=-c%20synchronous_commit%3Doff`, {
    max: 1,
    applicationName: "tessera-test-loose",
  });
  await expect(checkServer(loose)).rejects.toMatchObject({ code: "unsafe_setting" });
  await loose.destroy();
});

test("a server that nobody reaches, and one that knows another password, are told as unreachable", async () => {
  const wrong = new URL(database.databaseUrl);
  wrong.password = "wrong";
  const refused = new URL(database.databaseUrl);
  // Nothing listens on port 1.
  refused.port = "1";
  for (const { url, reason } of [
    { url: wrong, reason: applicationRole },
    { url: refused, reason: "ECONNREFUSED" },
  ]) {
    const db = createDatabase(url.href, { max: 1, applicationName: "tessera-test-unreachable" });
    await expect(checkServer(db)).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining(reason) as string,
    });
    await db.destroy();
  }
});

test("an idle connection that is cut is told, and the pool replaces it", async () => {
  const { promise: lost, resolve: onConnectionLost } = Promise.withResolvers<Error>();
  const db = createDatabase(database.databaseUrl, { max: 1, applicationName: "tessera-test-cut", onConnectionLost });
  await checkServer(db);
  // The role may end its own sessions.
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'tessera-test-cut'`.execute(database.db);
  expect((await lost).message).toContain("terminating connection");
  await checkServer(db);
  await db.destroy();
});
