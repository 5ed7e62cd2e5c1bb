import { createHash, randomBytes } from "node:crypto";
import { createDatabase } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { registerAccount, signInByPassword, testContext } from "../../testing/index.ts";
import { findAuthSession } from "./auth-session-lookups.queries.ts";
import { deleteAuthSessionByToken } from "./auth-sessions.queries.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

async function signedIn() {
  const { ctx } = testContext({ db: database.db });
  const account = await registerAccount(ctx, "visitor");
  const { token } = await signInByPassword(ctx, account, "shop");
  return { ctx, account, key: { idHash: hashOf(token), audience: "shop" as const } };
}

it("finds those of one moment by one statement, each its own", async () => {
  const people = [await signedIn(), await signedIn()];
  const transformQuery = vi.fn<NonNullable<KyselyPlugin["transformQuery"]>>(({ node }) => node);
  const db = database.db.withPlugin({ transformQuery, transformResult: async ({ result }) => result });
  const nobody = { idHash: randomBytes(32), audience: "shop" as const };
  const keys = Array.from({ length: 60 }, (_, index) => people[index % 3]?.key ?? nobody);
  const found = await Promise.all(keys.map((key) => findAuthSession(db, key)));
  const ids = [people[0]?.account.id, people[1]?.account.id, undefined];
  expect(found.map((session) => session?.accountId)).toEqual(keys.map((_, index) => ids[index % 3]));
  expect(transformQuery).toHaveBeenCalledTimes(1);
});

it("does not know one of another app, nor one that has just ended", async () => {
  const { ctx, account, key } = await signedIn();
  expect(await findAuthSession(ctx.db, { ...key, audience: "admin" })).toBeUndefined();
  expect(await findAuthSession(ctx.db, key)).toMatchObject({ accountId: account.id, account: { role: "visitor" } });
  await deleteAuthSessionByToken(ctx.db, key.idHash);
  expect(await findAuthSession(ctx.db, key)).toBeUndefined();
});

it("fails all of a batch at once when the database is away", async () => {
  const db = createDatabase("postgres://nobody@127.0.0.1:1/none", { max: 2, applicationName: "tessera-test" });
  const looking = Array.from({ length: 5 }, () => findAuthSession(db, { idHash: randomBytes(32), audience: "shop" }));
  const results = await Promise.allSettled(looking);
  await db.destroy();
  expect(results.map(({ status }) => status)).toEqual(results.map(() => "rejected"));
});
