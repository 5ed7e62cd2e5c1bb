import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buy, registerVisitor, stockProgramme, testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

const command = fileURLToPath(new URL("sales.ts", import.meta.url));

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { ctx } = testContext({ db: database.db });
  await stockProgramme(ctx, [{ priceCents: 100_00 }]);
  await buy(ctx, await registerVisitor(ctx), { kind: "duo" });
});
afterAll(() => database.drop());

function run(...parameters: string[]): Promise<{ code: number; out: string; error: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: database.databaseUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
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

test("wrong words are told how to ask", async () => {
  const { code, error } = await run("count");
  expect(code).toBe(64);
  expect(error).toContain("Usage: pnpm sales prove");
});
