import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTestDatabase } from "./index.ts";

test("eight clones at once are eight databases, each with the whole schema and several connections", async () => {
  const databases = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase()));
  try {
    expect(new Set(databases.map((database) => database.databaseUrl)).size).toBe(8);
    const [first, ...others] = databases;
    await first?.db.insertInto("games").values({ id: "games-2028", name_fr: "Jeux", name_en: "Games" }).execute();
    const readGames = others.map((other) => other.db.selectFrom("games").select("id").execute());
    expect((await Promise.all(readGames)).flat()).toEqual([]);
    expect(await first?.db.selectFrom("games").select("id").execute()).toEqual([{ id: "games-2028" }]);
  } finally {
    await Promise.all(databases.map((database) => database.drop()));
  }
});

test("two transactions of one pool run on two connections", async () => {
  const database = await createTestDatabase();
  try {
    const pids = await database.db.transaction().execute(async (first) =>
      database.db.transaction().execute(async (second) => {
        const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`;
        return [(await backend.execute(first)).rows[0]?.pid, (await backend.execute(second)).rows[0]?.pid];
      }),
    );
    expect(new Set(pids).size).toBe(2);
  } finally {
    await database.drop();
  }
});

test("a dropped database is gone, a second drop is nothing", async () => {
  const database = await createTestDatabase();
  const other = await createTestDatabase();
  const name = new URL(database.databaseUrl).pathname.slice(1);
  await Promise.all([database.drop(), database.drop()]);
  const { rows } = await sql`select 1 from pg_database where datname = ${name}`.execute(other.db);
  expect(rows).toEqual([]);
  await other.drop();
});
