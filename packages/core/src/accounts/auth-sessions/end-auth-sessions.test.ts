import type { Audience } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  outcomesOf,
  registerAccount,
  signedInBy,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { signIn } from "../sign-in.ts";
import { passSecondFactor, readAuthStanding, renewToken } from "./auth-sessions.ts";
import { endAuthSession, endOtherAuthSessions, signOut } from "./end-auth-sessions.ts";
import { listAuthSessions } from "./list-auth-sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const firefox = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
const safari =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";

/** Signs in by password and code from one browser. The clock moves on, since no code works twice. */
async function signedIn(
  test: TestContext,
  account: { email: string; password: string },
  audience: Audience,
  userAgent = firefox,
) {
  const { ctx, clock } = test;
  clock.advance(60_000);
  const requester = { ...testRequester, userAgent };
  const half = await signIn(ctx, { ...account, audience }, requester, { state: "signed_out" });
  const { standing } = await readAuthStanding(ctx, { token: half.authSession.token, audience });
  if (standing.state === "signed_out") throw new Error("a new auth session is unknown");
  const code = await authenticatorCode(ctx.clock());
  const { authSession } = await verifyTotp(ctx, standing, { code }, requester);
  return { token: authSession.token, standing: await signedInBy(ctx, authSession.token, audience) };
}

const stateOf = async ({ ctx }: TestContext, token: string, audience: Audience) =>
  (await readAuthStanding(ctx, { token, audience })).standing.state;

const endings = async (accountId: string) => {
  const entries = database.ownerDb.selectFrom("audit_entry").select(["action", "details"]);
  const ofAccount = entries.where("actor_id", "=", accountId).where("action", "in", ["auth_session.ended", "sign_out"]);
  return ofAccount.orderBy("at").execute();
};

it("lists where somebody is signed in, in every app, by names that people know", async () => {
  const test = testContext({ db: database.db });
  const account = await registerAccount(test.ctx, "admin");
  const shop = await signedIn(test, account, "shop");
  const admin = await signedIn(test, account, "admin", safari);
  const scanner = await signedIn(test, account, "scanner", "");
  await signInByPassword(test.ctx, account, "shop");
  await signedIn(test, await registerAccount(test.ctx, "visitor"), "shop");
  const listed = await listAuthSessions(test.ctx, admin.standing);
  expect(listed).toMatchObject([
    { id: scanner.standing.authSession.id, audience: "scanner", browser: "", system: "", current: false },
    { id: admin.standing.authSession.id, audience: "admin", browser: "Safari", system: "macOS", current: true },
    { id: shop.standing.authSession.id, audience: "shop", browser: "Firefox", system: "Android", current: false },
  ]);
  expect(Object.keys(listed[0] ?? {}).toSorted()).toEqual([
    "audience",
    "browser",
    "createdAt",
    "current",
    "expiresAt",
    "id",
    "lastUsedAt",
    "system",
  ]);
  test.clock.advance(2 * 3_600_000);
  expect((await listAuthSessions(test.ctx, shop.standing)).map(({ audience }) => audience)).toEqual([
    "scanner",
    "shop",
  ]);
});

it("ends one of one's own at once, in whatever app, and nobody else's", async () => {
  const test = testContext({ db: database.db });
  const account = await registerAccount(test.ctx, "admin");
  const other = await signedIn(test, await registerAccount(test.ctx, "visitor"), "shop");
  const shop = await signedIn(test, account, "shop");
  const admin = await signedIn(test, account, "admin");
  const end = (authSessionId: string) => endAuthSession(test.ctx, shop.standing, { authSessionId });
  await end(admin.standing.authSession.id);
  expect(await stateOf(test, admin.token, "admin")).toBe("signed_out");
  await expect(end(admin.standing.authSession.id)).rejects.toThrow("not_found");
  await expect(end(other.standing.authSession.id)).rejects.toThrow("not_found");
  expect(await stateOf(test, other.token, "shop")).toBe("signed_in");
  expect(await stateOf(test, shop.token, "shop")).toBe("signed_in");
  expect(await endings(account.id)).toEqual([
    { action: "auth_session.ended", details: { audience: "admin", count: 1 } },
  ]);
});

it("ends all others, the half signed in among them, and writes down how many", async () => {
  const test = testContext({ db: database.db });
  const account = await registerAccount(test.ctx, "admin");
  const [first, second] = [await signedIn(test, account, "shop"), await signedIn(test, account, "admin")];
  const half = await signInByPassword(test.ctx, account, "scanner");
  await endOtherAuthSessions(test.ctx, first.standing);
  await endOtherAuthSessions(test.ctx, first.standing);
  expect(await stateOf(test, first.token, "shop")).toBe("signed_in");
  expect(await stateOf(test, second.token, "admin")).toBe("signed_out");
  expect(await stateOf(test, half.token, "scanner")).toBe("signed_out");
  expect(await endings(account.id)).toEqual([{ action: "auth_session.ended", details: { count: 2 } }]);
});

it("writes signing out down, once", async () => {
  const test = testContext({ db: database.db });
  const account = await registerAccount(test.ctx, "visitor");
  const { standing } = await signedIn(test, account, "shop");
  await Promise.all(Array.from({ length: 5 }, () => signOut(test.ctx, standing)));
  expect(await endings(account.id)).toEqual([{ action: "sign_out", details: { audience: "shop" } }]);
});

it("lets a stolen cookie do nothing once it was ended elsewhere, not even at that moment", async () => {
  const test = testContext({ db: database.db });
  const ctx = withoutLimits(test.ctx);
  const account = await registerAccount(ctx, "visitor");
  for (let round = 0; round < 10; round += 1) {
    const [thief, owner] = [await signedIn(test, account, "shop"), await signedIn(test, account, "shop")];
    const stepUp = ctx.db.transaction().execute((trx) => passSecondFactor(trx, ctx, thief.standing));
    const end = endAuthSession(ctx, owner.standing, { authSessionId: thief.standing.authSession.id });
    const [passed] = await Promise.allSettled([stepUp, end]);
    await end;
    // Whichever came first: a token that was changed at that moment belongs to what has ended.
    const token = passed.status === "fulfilled" ? passed.value.authSession.token : thief.token;
    expect(await stateOf(test, token, "shop")).toBe("signed_out");
    expect(await stateOf(test, owner.token, "shop")).toBe("signed_in");
  }
});

it("changes a token once of 20 times at once, and leaves the rest as it was", async () => {
  const test = testContext({ db: database.db });
  const { standing, token } = await signedIn(test, await registerAccount(test.ctx, "visitor"), "shop");
  const renewals = Array.from({ length: 20 }, () =>
    test.ctx.db.transaction().execute((trx) => renewToken(trx, test.ctx, standing)),
  );
  expect(await outcomesOf(renewals)).toEqual({ ok: 1, not_signed_in: 19 });
  expect(await stateOf(test, token, "shop")).toBe("signed_out");
  const [renewed] = (await Promise.allSettled(renewals)).flatMap((result) =>
    result.status === "fulfilled" ? [result.value.token] : [],
  );
  const now = await signedInBy(test.ctx, renewed ?? "");
  expect(now.actor).toEqual(standing.actor);
  expect(now.authSession).toMatchObject({ id: standing.authSession.id, createdAt: standing.authSession.createdAt });
});
