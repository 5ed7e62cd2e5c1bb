import { createHash } from "node:crypto";
import { type Audience, audiences } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authenticatorCode, registerAccount, signInByPassword, testContext } from "../../testing/index.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { forgetExpiredAuthSessions, readAuthStanding, signOut } from "./auth-sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hours = (count: number): number => count * 3_600_000;

/** Somebody with an auth session of one audience, whose second factor has been shown unless told otherwise. */
async function signedIn(audience: Audience, { secondFactor = true } = {}) {
  const test = testContext({ db: database.db });
  const { ctx } = test;
  const account = await registerAccount(ctx, "admin");
  const half = await signInByPassword(ctx, account, audience);
  const passed = secondFactor
    ? await verifyTotp(ctx, half.standing, { code: await authenticatorCode(ctx.clock()) })
    : undefined;
  const token = passed?.authSession.token ?? half.token;
  const look = async () => {
    const { standing, renewedUntil } = await readAuthStanding(ctx, { token, audience });
    return { state: standing.state, renewedUntil };
  };
  return { ...test, account, half, token, look };
}

const storedSessions = (accountId: string) =>
  database.ownerDb
    .selectFrom("auth_session")
    .select(["id_hash", "expires_at"])
    .where("account_id", "=", accountId)
    .execute();

it("stores only the hash of a token", async () => {
  const { account, token } = await signedIn("shop");
  const [stored, ...others] = await storedSessions(account.id);
  expect(others).toEqual([]);
  expect(stored?.id_hash).toEqual(createHash("sha256").update(token).digest());
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
});

it.each(audiences)("finds a token of %s there and nowhere else", async (audience) => {
  const { ctx, token } = await signedIn(audience);
  for (const other of audiences) {
    const { standing } = await readAuthStanding(ctx, { token, audience: other });
    expect(standing.state).toBe(other === audience ? "signed_in" : "signed_out");
  }
});

it("knows nobody behind no token, or a made-up one", async () => {
  const { ctx } = await signedIn("shop");
  for (const token of [null, "", "x", "a".repeat(5000), "\u0000'; --"]) {
    expect((await readAuthStanding(ctx, { token, audience: "shop" })).standing).toEqual({ state: "signed_out" });
  }
});

it("changes the token with the second factor", async () => {
  const { ctx, half, token } = await signedIn("shop");
  expect(token).not.toBe(half.token);
  const { standing } = await readAuthStanding(ctx, { token: half.token, audience: "shop" });
  expect(standing.state).toBe("signed_out");
});

it("slides while it is used, and ends when it is not", async () => {
  const { clock, look } = await signedIn("admin");
  clock.advance(hours(3));
  expect(await look()).toEqual({ state: "signed_in", renewedUntil: null });
  clock.advance(hours(3));
  expect(await look()).toEqual({ state: "signed_in", renewedUntil: expect.any(Date) as Date });
  clock.advance(hours(7.9));
  expect((await look()).state).toBe("signed_in");
  clock.advance(hours(8.1));
  expect((await look()).state).toBe("signed_out");
});

it.each([
  ["shop", 24 * 30, 24],
  ["admin", 24, 3],
  ["scanner", 16, 3],
] as const)("ends in %s after %d hours, however much it is used", async (audience, absolute, step) => {
  const { clock, look } = await signedIn(audience);
  for (let used = step; used < absolute; used += step) {
    clock.advance(hours(step));
    expect((await look()).state).toBe("signed_in");
  }
  clock.advance(hours(step));
  expect((await look()).state).toBe("signed_out");
});

it("never promises a cookie that outlives the absolute limit", async () => {
  const { ctx, clock, look } = await signedIn("admin");
  const end = new Date(ctx.clock().getTime() + hours(24));
  for (let used = 5; used < 24; used += 5) {
    clock.advance(hours(5));
    const { renewedUntil } = await look();
    expect(renewedUntil?.getTime()).toBeLessThanOrEqual(end.getTime());
  }
  expect((await look()).renewedUntil?.getTime()).toBe(end.getTime());
});

it("waits an hour for the second factor", async () => {
  const { clock, look } = await signedIn("shop", { secondFactor: false });
  expect((await look()).state).toBe("verify");
  clock.advance(hours(0.9));
  expect((await look()).state).toBe("verify");
  clock.advance(hours(0.2));
  expect((await look()).state).toBe("signed_out");
});

it("signs out one auth session and leaves the others", async () => {
  const { ctx, account, token } = await signedIn("admin");
  const shop = await signInByPassword(ctx, account, "shop");
  const { standing } = await readAuthStanding(ctx, { token, audience: "admin" });
  await signOut(ctx, standing);
  await signOut(ctx, standing);
  expect((await readAuthStanding(ctx, { token, audience: "admin" })).standing.state).toBe("signed_out");
  expect((await readAuthStanding(ctx, { token: shop.token, audience: "shop" })).standing.state).toBe("verify");
});

it("forgets what has expired and nothing else", async () => {
  const { ctx, clock, account } = await signedIn("admin");
  clock.advance(hours(7));
  const later = await signInByPassword(ctx, account, "admin");
  clock.advance(hours(1));
  await forgetExpiredAuthSessions(ctx);
  const stored = await storedSessions(account.id);
  expect(stored).toHaveLength(0);
  expect((await readAuthStanding(ctx, { token: later.token, audience: "admin" })).standing.state).toBe("signed_out");
});
