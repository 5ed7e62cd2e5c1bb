import type { Audience, Role } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CoreContext } from "../../context.ts";
import {
  outcomesOf,
  registerWithPasskey,
  testContext,
  type TestPasskey,
  testRequester,
  waitingForLocks,
} from "../../testing/index.ts";
import { beginPasskeySignIn, signInWithPasskey } from "./sign-in-with-passkey.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const now = new Date("2028-07-14T12:00:00Z");
let people = 0;

/** Somebody with one passkey and nothing else. */
async function passkeyOf(role: Role) {
  const { ctx } = testContext({ db: database.db });
  people += 1;
  const { passkey, accountId } = await registerWithPasskey(ctx, { email: `racing-${people}@example.test` });
  await database.ownerDb.updateTable("account").set({ role }).where("id", "=", accountId).execute();
  await database.ownerDb.deleteFrom("auth_session").where("account_id", "=", accountId).execute();
  return { ctx, passkey, accountId };
}

async function signIn(ctx: CoreContext, passkey: TestPasskey, how: { audience: Audience; counter?: number }) {
  const { audience, ...shown } = how;
  const response = passkey.show(await beginPasskeySignIn(ctx, testRequester), shown);
  return signInWithPasskey(ctx, { response, audience }, testRequester, { state: "signed_out" });
}

const sessionsOf = (accountId: string) =>
  database.ownerDb.selectFrom("auth_session").select("id").where("account_id", "=", accountId).execute();

it.each([
  ["disabled", { disabled_at: now }, "account_disabled"],
  ["deleted", { deleted_at: now }, "passkey_refused"],
  ["made a visitor", { role: "visitor" }, "forbidden"],
] as const)("signs nobody in who is %s at that moment", async (_, change, code) => {
  const { ctx, passkey, accountId } = await passkeyOf("admin");
  let outcomes = Promise.resolve<Record<string, number>>({});
  await database.ownerDb.transaction().execute(async (trx) => {
    await trx.updateTable("account").set(change).where("id", "=", accountId).execute();
    outcomes = outcomesOf([signIn(ctx, passkey, { audience: "admin" })]);
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
  });
  expect(await outcomes).toEqual({ [code]: 1 });
  expect(await sessionsOf(accountId)).toEqual([]);
});

it("lets one of two copies of a passkey in when both show the same count at once", async () => {
  const { ctx, passkey, accountId } = await passkeyOf("visitor");
  let outcomes = Promise.resolve<Record<string, number>>({});
  await database.ownerDb.transaction().execute(async (trx) => {
    // Held until both have passed what is checked before anything is written.
    await trx.selectFrom("account").select("id").where("id", "=", accountId).forUpdate().execute();
    const copies = [7, 7].map((counter) => signIn(ctx, passkey, { audience: "shop", counter }));
    outcomes = outcomesOf(copies);
    await expect.poll(() => waitingForLocks(database.db)).toBe(2);
  });
  expect(await outcomes).toEqual({ ok: 1, passkey_refused: 1 });
  expect(await sessionsOf(accountId)).toHaveLength(1);
});
