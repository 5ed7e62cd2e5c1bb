import { setTimeout as pause } from "node:timers/promises";
import type { AuthStanding, CoreContext } from "@tessera/core";
import {
  authenticatorCode,
  registerAccount,
  testContext,
  type TestContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { whileLetIn } from "./live.ts";
import { openBrowser } from "./testing/browser.ts";
import type { ApiContext } from "./trpc.ts";

let database: TestDatabase;
let world: TestContext;
let standing: AuthStanding;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  const account = await registerAccount(world.ctx, "admin");
  const browser = openBrowser(world.ctx, "admin");
  await browser.api.auth.accounts.signIn({ email: account.email, password: account.password });
  await browser.api.auth.factors.verifyTotp({ code: await authenticatorCode(world.ctx.clock()) });
  standing = await browser.standing();
});
afterAll(() => database.drop());
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const contextOf = (core: CoreContext, authAgain: () => Promise<AuthStanding>): ApiContext => ({
  core,
  requestId: "test",
  requester: testRequester,
  audience: "admin",
  auth: async () => standing,
  authAgain,
  scanner: async () => null,
  setAuthSession: () => undefined,
});

/** One event, and then nothing until it is over. */
async function* quiet(ending: AbortSignal) {
  yield "hello";
  await pause(3_600_000, undefined, { signal: ending }).catch(() => undefined);
}

test("a connection on which nothing happens ends within half a minute of its reader's leave", async () => {
  let now = standing;
  const ctx = contextOf(world.ctx, async () => now);
  const events = whileLetIn({ ctx, path: "admin.gate.live", signal: undefined }, quiet);
  expect(await events.next()).toEqual({ done: false, value: "hello" });
  const ending = events.next();
  let over = false;
  const noted = ending.catch(() => undefined).finally(() => (over = true));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(over).toBe(false);
  now = { state: "signed_out" };
  await vi.advanceTimersByTimeAsync(30_000);
  await noted;
  await expect(ending).rejects.toMatchObject({ code: "UNAUTHORIZED", message: "not_signed_in" });
  expect(vi.getTimerCount()).toBe(0);
});

test("it leaves nothing behind when its reader goes", async () => {
  const leaving = new AbortController();
  const ctx = contextOf(world.ctx, async () => standing);
  const events = whileLetIn({ ctx, path: "admin.gate.live", signal: leaving.signal }, quiet);
  await events.next();
  const ending = events.next();
  leaving.abort();
  expect(await ending).toEqual({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
});
