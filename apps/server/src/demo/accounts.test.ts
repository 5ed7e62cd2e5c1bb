import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { testContext, type TestContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { otpauthUri, seedDemoAccounts } from "./accounts.ts";

let database: TestDatabase;
let dataDir: string;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tessera-demo-"));
  test = testContext({ db: database.db });
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

it("makes every role's account once, and gives the same secrets at each start", async () => {
  const [first, beside] = await Promise.all([seedDemoAccounts(test.ctx, dataDir), seedDemoAccounts(test.ctx, dataDir)]);
  const later = await seedDemoAccounts(test.ctx, dataDir);
  expect(first.map(({ role }) => role)).toEqual(["visitor", "admin", "admin", "supervisor", "staff"]);
  expect(beside).toEqual(first);
  expect(later).toEqual(first);
  expect(new Set(first.flatMap(({ password, totpSecret }) => [password, totpSecret])).size).toBe(10);
  const rows = await database.db.selectFrom("account").select("email").execute();
  expect(rows.map(({ email }) => email).toSorted()).toEqual(first.map(({ email }) => email).toSorted());
});

it("keeps them where only their owner reads", async () => {
  await seedDemoAccounts(test.ctx, dataDir);
  const { mode } = await stat(path.join(dataDir, "demo-accounts.json"));
  expect(mode & 0o777).toBe(0o600);
});

it("writes what an authenticator app reads", async () => {
  const [account] = await seedDemoAccounts(test.ctx, dataDir);
  const uri = new URL(otpauthUri(account ?? expect.fail("no account"), "Tessera"));
  expect(uri.protocol).toBe("otpauth:");
  expect(decodeURIComponent(uri.pathname)).toContain(`Tessera:${account?.email}`);
  expect(uri.searchParams.get("secret")).toBe(account?.totpSecret);
});
