import { createHash } from "node:crypto";
import { type Audience, audiences, type Role } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  registerAccount,
  signInByPassword,
  testContext,
  testRequester,
} from "../../testing/index.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { forgetExpiredAuthSessions, readAuthStanding } from "./auth-sessions.ts";
import { signOut } from "./end-auth-sessions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hours = (count: number): number => count * 3_600_000;

/** Somebody with an auth session of one audience, whose second factor has been shown unless told otherwise. */
async function signedIn(
  audience: Audience,
  { secondFactor = true, role = "admin" }: { secondFactor?: boolean; role?: Role } = {},
) {
  const test = testContext({ db: database.db });
  const { ctx } = test;
  const account = await registerAccount(ctx, role);
  const half = await signInByPassword(ctx, account, audience);
  const passed = secondFactor
    ? await verifyTotp(ctx, half.standing, { code: await authenticatorCode(ctx.clock()) }, testRequester)
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

it("does not slide by what an open page asks by itself", async () => {
  const { ctx, clock, token } = await signedIn("admin");
  for (let minutes = 0; minutes < 59; minutes += 1) {
    clock.advance(60_000);
    const looked = await readAuthStanding(ctx, { token, audience: "admin", isUse: false });
    expect([looked.standing.state, looked.renewedUntil]).toEqual(["signed_in", null]);
  }
  clock.advance(2 * 60_000);
  expect((await readAuthStanding(ctx, { token, audience: "admin", isUse: false })).standing.state).toBe("signed_out");
});

it.each(["disabled_at", "deleted_at"] as const)("knows nobody whose account has %s, whatever ended", async (column) => {
  const { ctx, account, look } = await signedIn("shop");
  expect((await look()).state).toBe("signed_in");
  await database.ownerDb.updateTable("account").set(column, ctx.clock()).where("id", "=", account.id).execute();
  expect((await look()).state).toBe("signed_out");
  expect(await storedSessions(account.id)).toHaveLength(1);
});

it("changes the token with the second factor", async () => {
  const { ctx, half, token } = await signedIn("shop");
  expect(token).not.toBe(half.token);
  const { standing } = await readAuthStanding(ctx, { token: half.token, audience: "shop" });
  expect(standing.state).toBe("signed_out");
});

it("slides while it is used, and ends when it is not", async () => {
  const { clock, look } = await signedIn("admin");
  clock.advance(hours(0.4));
  expect(await look()).toEqual({ state: "signed_in", renewedUntil: null });
  clock.advance(hours(0.4));
  expect(await look()).toEqual({ state: "signed_in", renewedUntil: expect.any(Date) as Date });
  clock.advance(hours(0.9));
  expect((await look()).state).toBe("signed_in");
  clock.advance(hours(1.1));
  expect((await look()).state).toBe("signed_out");
});

it.each([
  ["shop", "visitor", 7 * 24],
  ["shop", "staff", 8],
  ["admin", "admin", 1],
  ["scanner", "staff", 16],
] as const)("ends in %s for a %s when it was not used for %d hours", async (audience, role, idle) => {
  const [kept, left] = [await signedIn(audience, { role }), await signedIn(audience, { role })];
  // Lucia reads the machine's clock, and so a limit is right to what passes between two of its lines.
  kept.clock.advance(hours(idle) - 60_000);
  expect((await kept.look()).state).toBe("signed_in");
  left.clock.advance(hours(idle) + 60_000);
  expect((await left.look()).state).toBe("signed_out");
});

it.each([
  ["shop", "visitor", 24 * 30, 24],
  ["shop", "admin", 24, 3],
  ["admin", "admin", 24, 0.5],
  ["scanner", "supervisor", 16, 2],
] as const)("ends in %s for a %s after %d hours, however much it is used", async (audience, role, absolute, step) => {
  const { clock, look } = await signedIn(audience, { role });
  for (let used = step; used < absolute; used += step) {
    clock.advance(hours(step));
    expect((await look()).state).toBe("signed_in");
  }
  clock.advance(hours(step));
  expect((await look()).state).toBe("signed_out");
});

it("never promises a cookie that outlives the absolute limit", async () => {
  const { ctx, clock, look } = await signedIn("shop");
  const end = new Date(ctx.clock().getTime() + hours(24));
  for (let used = 5; used < 24; used += 5) {
    clock.advance(hours(5));
    const { renewedUntil } = await look();
    expect(renewedUntil?.getTime()).toBeLessThanOrEqual(end.getTime());
  }
  expect((await look()).renewedUntil?.getTime()).toBe(end.getTime());
});

it("knows to five minutes when it was used", async () => {
  const { ctx, clock, account, look } = await signedIn("shop");
  const lastUse = async () => {
    const sessions = database.ownerDb.selectFrom("auth_session").select("last_used_at");
    return (await sessions.where("account_id", "=", account.id).executeTakeFirstOrThrow()).last_used_at;
  };
  const start = ctx.clock();
  clock.advance(299_999);
  await look();
  expect(await lastUse()).toEqual(start);
  clock.advance(1);
  await look();
  expect(await lastUse()).toEqual(ctx.clock());
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
  clock.advance(hours(0.5));
  const later = await signInByPassword(ctx, account, "admin");
  clock.advance(hours(0.6));
  await forgetExpiredAuthSessions(ctx);
  expect(await storedSessions(account.id)).toHaveLength(1);
  expect((await readAuthStanding(ctx, { token: later.token, audience: "admin" })).standing.state).toBe("verify");
});
