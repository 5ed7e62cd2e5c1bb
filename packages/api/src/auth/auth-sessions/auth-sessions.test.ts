import type { Audience } from "@tessera/contracts";
import { authenticatorCode, registerAccount, testContext, type TestContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../../testing/browser.ts";

let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
});
afterAll(() => database.drop());

/** Another browser of the same person; the clock moves on, since no code works twice. */
async function signIn(account: { email: string; password: string }, audience: Audience) {
  test.clock.advance(60_000);
  const browser = openBrowser(test.ctx, audience);
  await browser.api.auth.accounts.signIn(account);
  await browser.api.auth.factors.verifyTotp({ code: await authenticatorCode(test.ctx.clock()) });
  return browser;
}

it("ends an auth session elsewhere, and there nothing works from that moment on", async () => {
  const account = await registerAccount(test.ctx, "admin");
  const [shop, dashboard] = [await signIn(account, "shop"), await signIn(account, "admin")];
  const listed = await shop.api.auth.authSessions.list();
  expect(listed).toMatchObject([
    { audience: "admin", current: false },
    { audience: "shop", current: true, browser: "Firefox", system: "Android" },
  ]);
  const [{ id: authSessionId } = { id: "" }] = listed;
  expect(await shop.api.auth.authSessions.end({ authSessionId })).toEqual({ done: true });
  await expect(dashboard.api.admin.sales.summary()).rejects.toThrow("not_signed_in");
  expect(await dashboard.api.auth.accounts.me()).toEqual({ state: "signed_out" });
  await expect(shop.api.auth.authSessions.end({ authSessionId })).rejects.toThrow("not_found");
});

it("ends the one that asks like any other, and all others at once", async () => {
  const account = await registerAccount(test.ctx, "visitor");
  const [one, other] = [await signIn(account, "shop"), await signIn(account, "shop")];
  await one.api.auth.authSessions.endOthers();
  await expect(other.api.auth.authSessions.list()).rejects.toThrow("not_signed_in");
  const [{ id: authSessionId } = { id: "" }] = await one.api.auth.authSessions.list();
  await one.api.auth.authSessions.end({ authSessionId });
  expect(await one.api.auth.accounts.me()).toEqual({ state: "signed_out" });
});
