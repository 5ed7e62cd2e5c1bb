import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buy, registerVisitor, stockProgramme, testContext } from "@tessera/core/testing";
import { createPool } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("sales.ts", import.meta.url));

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { ctx } = testContext({ db: database.db });
  await stockProgramme(ctx, [{ priceCents: 100_00 }]);
  await buy(ctx, await registerVisitor(ctx), { kind: "duo" });
});
afterAll(() => database.drop());

type Ended = { code: number; out: string; error: string };

const run = (...parameters: string[]): Promise<Ended> =>
  runOn({ DATABASE_URL: database.databaseUrl, DATABASE_OWNER_URL: database.ownerUrl }, ...parameters);

function runOn(place: Record<string, string>, ...parameters: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    ...place,
    TESSERA_PAYMENTS: "demo",
    TESSERA_SMTP_URL: "smtps://mail.example.org",
    TESSERA_MAIL_FROM: "tickets@example.org",
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...parameters], { env }, (failure, out, error) => {
      resolve({ code: typeof failure?.code === "number" ? failure.code : 0, out, error });
    });
  });
}

test("it says what was counted, and that everything agrees", async () => {
  const { code, out, error } = await run("prove");
  expect(error).toBe("");
  expect(code).toBe(0);
  const { host, pathname, password } = new URL(database.databaseUrl);
  expect(out).toContain(`The database ${host}${pathname}.\n`);
  expect(out).not.toContain(password);
  expect(out).toMatch(/^tickets +2$/mu);
  expect(out).toMatch(/^sold, in euros +200\.00$/mu);
  expect(out).toMatch(/^ {2}tax in it +10\.42$/mu);
  expect(out).toMatch(/^Everything agrees: \d+ rules, proved in [\d.]+ s\.$/mu);
  expect(out).not.toContain("BROKEN");
});

test("it names the first rows that do not agree, and says so by its status", async () => {
  await database.ownerDb.updateTable("seat_pool").set({ taken: 5 }).execute();
  const { id } = await database.db.selectFrom("seat_pool").select("id").executeTakeFirstOrThrow();
  const { code, out } = await run("prove");
  expect(code).toBe(1);
  expect(out).toContain("BROKEN  pools count the seats of their holds: 1 time\n");
  expect(out).toContain(`seat_pool ${id}: found 5 seats, expected 2 seats\n`);
  expect(out).toContain("NOT GOOD: 1 of");
});

test("a mistyped data folder is no database: it says so, and makes none", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "tessera-sales-"));
  // Root would look for the database of a folder that PostgreSQL's user cannot enter in another place.
  await chmod(folder, 0o755);
  try {
    const mistyped = path.join(folder, "dta");
    for (const dataDir of [mistyped, folder]) {
      const { code, out, error } = await runOn({ TESSERA_DATA_DIR: dataDir }, "prove");
      expect({ code, out, error }).toEqual({
        code: 1,
        out: "",
        error: `There is no database in the data folder ${dataDir}.\n`,
      });
    }
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe("a database that cannot be proved is refused", () => {
  let other: TestDatabase;
  beforeEach(async () => {
    other = await createTestDatabase();
  });
  afterEach(() => other.drop());
  const prove = () => runOn({ DATABASE_URL: other.databaseUrl, DATABASE_OWNER_URL: other.ownerUrl }, "prove");

  test("without Games", async () => {
    const { code, out, error } = await prove();
    expect(code).toBe(1);
    expect(error).toBe("There are no Games in it: nothing can be proved.\n");
    expect(out).not.toContain("agrees");
  });

  test("of an older schema, which stays as it is", async () => {
    const pool = createPool(other.ownerUrl, { max: 1, applicationName: "tessera-test" });
    const applied = async () =>
      (await pool.query<{ name: string }>("select name from kysely_migration order by name")).rows;
    try {
      await pool.query("delete from kysely_migration where name = '0003-selling'");
      const before = await applied();
      const { code, error } = await prove();
      expect(code).toBe(1);
      expect(error).toContain("lacks the migrations 0003-selling");
      expect(await applied()).toEqual(before);
    } finally {
      await pool.end();
    }
  });
});

test("wrong words are told how to ask", async () => {
  const { code, error } = await run("count");
  expect(code).toBe(64);
  expect(error).toContain("Usage: pnpm sales prove");
});
