import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  outcomesOf,
  queuedMail,
  queuedMails,
  registerAccount,
  registerByMail,
  registerWithPasskey,
  secretOf,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
} from "../../testing/index.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { issueMailToken } from "../mail-tokens/mail-tokens.ts";
import { announceReadyFactorResets } from "./announce-factor-resets.ts";
import { cancelFactorReset, completeFactorReset } from "./end-factor-reset.ts";
import { requestFactorReset } from "./request-factor-reset.ts";
import { beginPasskeySignIn, signInWithPasskey } from "./sign-in-with-passkey.ts";
import { verifyTotp } from "./verify-totp.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hours = (count: number): number => count * 3_600_000;
const password = "marble torch over the river";

/** A visitor who has typed the password and has no second factor at hand. */
async function lost(test: TestContext) {
  const account = await registerAccount(test.ctx, "visitor");
  const half = await signInByPassword(test.ctx, account, "shop");
  return { ...account, ...half, half };
}

const frozenUntil = async (accountId: string) => {
  const account = database.ownerDb.selectFrom("account").select("hand_over_frozen_until").where("id", "=", accountId);
  return (await account.executeTakeFirstOrThrow()).hand_over_frozen_until;
};
const actsAbout = async (accountId: string) => {
  const entries = database.ownerDb.selectFrom("audit_entry").select("action").where("subject_id", "=", accountId);
  return (await entries.where("action", "like", "factor_reset.%").orderBy("at").execute()).map(({ action }) => action);
};
const mailsTo = async ({ ctx }: TestContext, to: string) =>
  (await queuedMails(ctx, to)).map(({ content }) => content.template).toSorted();

/** The token behind the link of the newest such mail. */
const cancelToken = async ({ ctx }: TestContext, to: string) =>
  secretOf((await queuedMail(ctx, to, "factor_reset_requested")).cancelLink);
const resetToken = async ({ ctx }: TestContext, to: string) =>
  secretOf((await queuedMail(ctx, to, "factor_reset_ready")).link);

it("lives the story: all lost, three days, a link, and a first factor is owed", async () => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const { id, email, standing } = await lost(test);
  const now = ctx.clock().getTime();
  const { readyAt } = await requestFactorReset(ctx, standing);
  expect(readyAt).toEqual(new Date(now + hours(72)));
  expect(await frozenUntil(id)).toEqual(new Date(now + hours(144)));
  const asked = await queuedMail(ctx, email, "factor_reset_requested");
  expect(asked).toMatchObject({ readyAt: readyAt.toISOString() });
  expect(asked.cancelLink).toMatch(/^https:\/\/tickets\.test\/link\/factor_reset_cancel#/);

  clock.advance(hours(72) - 1);
  await announceReadyFactorResets(ctx);
  expect(await mailsTo(test, email)).toEqual(["factor_reset_requested"]);
  clock.advance(1);
  await announceReadyFactorResets(ctx);
  clock.advance(hours(100));
  const { token } = await signInByPassword(ctx, { email, password }, "shop");
  await completeFactorReset(ctx, { token: await resetToken(test, email) });

  expect((await readAuthStanding(ctx, { token, audience: "shop" })).standing.state).toBe("signed_out");
  const again = await signInByPassword(ctx, { email, password }, "shop");
  expect(again.standing.state).toBe("enrol");
  expect(await frozenUntil(id)).toEqual(new Date(now + hours(172 + 72)));
  expect(await mailsTo(test, email)).toEqual([
    "factor_reset_completed",
    "factor_reset_ready",
    "factor_reset_requested",
  ]);
  expect(await actsAbout(id)).toEqual(["factor_reset.requested", "factor_reset.completed"]);
});

it("answers the same moment to who asks again, with one mail a day at most", async () => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const { email, standing } = await lost(test);
  const tries = Array.from({ length: 20 }, () => requestFactorReset(ctx, standing));
  const answers = new Set((await Promise.all(tries)).map(({ readyAt }) => readyAt.getTime()));
  expect(answers.size).toBe(1);
  expect(await mailsTo(test, email)).toHaveLength(1);
  clock.advance(hours(23));
  await requestFactorReset(ctx, standing);
  expect(await mailsTo(test, email)).toHaveLength(1);
  clock.advance(hours(2));
  const { readyAt } = await requestFactorReset(ctx, standing);
  expect(answers).toContain(readyAt.getTime());
  expect(await mailsTo(test, email)).toEqual(["factor_reset_requested", "factor_reset_requested"]);

  clock.advance(hours(48));
  await announceReadyFactorResets(ctx);
  clock.advance(hours(25));
  await requestFactorReset(ctx, standing);
  expect((await mailsTo(test, email)).filter((template) => template === "factor_reset_ready")).toHaveLength(2);
  // The link has run out unused: one begins anew.
  clock.advance(hours(24 * 7));
  const renewed = await requestFactorReset(ctx, standing);
  expect(renewed.readyAt).toEqual(new Date(ctx.clock().getTime() + hours(72)));
});

it("mails the link once, however many servers announce at once, and the link works once of 20 times at once", async () => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const { email, standing } = await lost(test);
  await requestFactorReset(ctx, standing);
  clock.advance(hours(72));
  await Promise.all(Array.from({ length: 20 }, () => announceReadyFactorResets(ctx)));
  expect(await mailsTo(test, email)).toEqual(["factor_reset_ready", "factor_reset_requested"]);
  const token = await resetToken(test, email);
  const tries = Array.from({ length: 20 }, () => completeFactorReset(ctx, { token }));
  expect(await outcomesOf(tries)).toEqual({ ok: 1, link_expired: 19 });
});

it("that cannot be announced keeps nobody else waiting, and is announced the next time", async () => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const owners = [await lost(test), await lost(test), await lost(test)];
  for (const { standing } of owners) await requestFactorReset(ctx, standing);
  const announced = async () => {
    const mails = await Promise.all(owners.map(({ email }) => mailsTo(test, email)));
    return mails.flat().filter((template) => template === "factor_reset_ready").length;
  };
  clock.advance(hours(72));
  let mails = 0;
  const seal: typeof ctx.keyring.seal = (...sealed) => {
    mails += 1;
    if (mails === 1) throw new Error("no key today");
    return ctx.keyring.seal(...sealed);
  };
  const failing = announceReadyFactorResets({ ...ctx, keyring: { ...ctx.keyring, seal } });
  await expect(failing).rejects.toMatchObject({ errors: [{ message: "no key today" }] });
  expect(await announced()).toBe(2);
  await announceReadyFactorResets(ctx);
  expect(await announced()).toBe(3);
});

it("is stopped by the owner, and then its link is worth nothing and tickets move again", async () => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const { id, email, standing } = await lost(test);
  await requestFactorReset(ctx, standing);
  const cancel = await cancelToken(test, email);
  clock.advance(hours(72));
  await announceReadyFactorResets(ctx);
  const token = await resetToken(test, email);
  const tries = Array.from({ length: 20 }, () => cancelFactorReset(ctx, { token: cancel }));
  expect(await outcomesOf(tries)).toEqual({ ok: 1, link_expired: 19 });
  await expect(completeFactorReset(ctx, { token })).rejects.toThrow("link_expired");
  expect(await frozenUntil(id)).toBeNull();
  expect(await actsAbout(id)).toEqual(["factor_reset.requested", "factor_reset.cancelled"]);
  // Asked again at once, the owner is told again at once.
  await requestFactorReset(ctx, standing);
  const asked = (await mailsTo(test, email)).filter((template) => template === "factor_reset_requested");
  expect(asked).toHaveLength(2);
});

it("is dropped when the owner signs in with a factor after all", async () => {
  const test = testContext({ db: database.db });
  const { id, standing } = await lost(test);
  await requestFactorReset(test.ctx, standing);
  const code = await authenticatorCode(test.ctx.clock());
  await verifyTotp(test.ctx, standing, { code }, testRequester);
  expect(await actsAbout(id)).toEqual(["factor_reset.requested", "factor_reset.cancelled"]);
  expect(await frozenUntil(id)).toBeNull();

  const email = "still-there@example.test";
  const { passkey, accountId } = await registerWithPasskey(test.ctx, { email, password });
  await requestFactorReset(test.ctx, (await signInByPassword(test.ctx, { email, password }, "shop")).standing);
  const response = passkey.show(await beginPasskeySignIn(test.ctx, testRequester));
  await signInWithPasskey(test.ctx, { response, audience: "shop" }, testRequester, { state: "signed_out" });
  expect(await actsAbout(accountId)).toEqual(["factor_reset.requested", "factor_reset.cancelled"]);
});

it("that was completed keeps tickets where they are, whatever is asked for and dropped then", async () => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const { id, email, standing } = await lost(test);
  await requestFactorReset(ctx, standing);
  clock.advance(hours(72));
  await announceReadyFactorResets(ctx);
  await completeFactorReset(ctx, { token: await resetToken(test, email) });
  const frozen = new Date(ctx.clock().getTime() + hours(72));
  clock.advance(hours(1));
  await requestFactorReset(ctx, standing);
  expect(await frozenUntil(id)).toEqual(new Date(frozen.getTime() + hours(73)));
  await cancelFactorReset(ctx, { token: await cancelToken(test, email) });
  expect(await frozenUntil(id)).toEqual(frozen);
});

it.each(["admin", "staff"])("is dropped, and its link opens nothing, when its owner has become %s", async (role) => {
  const test = testContext({ db: database.db });
  const { ctx, clock } = test;
  const become = (accountId: string, to: string) =>
    database.ownerDb.updateTable("account").set({ role: to }).where("id", "=", accountId).execute();
  const { id, email, standing } = await lost(test);
  await requestFactorReset(ctx, standing);
  const cancel = await cancelToken(test, email);
  clock.advance(hours(72));
  await become(id, role);
  await announceReadyFactorResets(ctx);
  expect(await mailsTo(test, email)).toEqual(["factor_reset_requested"]);
  await expect(cancelFactorReset(ctx, { token: cancel })).rejects.toThrow("link_expired");
  // What the auth session said before.
  await expect(requestFactorReset(ctx, standing)).rejects.toMatchObject({ code: "forbidden", details: { role } });

  const other = await lost(test);
  await requestFactorReset(ctx, other.standing);
  clock.advance(hours(72));
  await announceReadyFactorResets(ctx);
  const token = await resetToken(test, other.email);
  await become(other.id, role);
  await expect(completeFactorReset(ctx, { token })).rejects.toThrow("link_expired");
  await become(other.id, "visitor");
  await completeFactorReset(ctx, { token });
});

it("is not what a guess or a wrong code drops", async () => {
  const test = testContext({ db: database.db });
  const { id, standing } = await lost(test);
  await requestFactorReset(test.ctx, standing);
  const wrong = (await authenticatorCode(test.ctx.clock())) === "000000" ? "111111" : "000000";
  await expect(verifyTotp(test.ctx, standing, { code: wrong }, testRequester)).rejects.toThrow("wrong_code");
  expect(await actsAbout(id)).toEqual(["factor_reset.requested"]);
});

it("is for visitors who owe a second factor: employees are helped by two admins", async () => {
  const test = testContext({ db: database.db });
  const employee = await registerAccount(test.ctx, "staff");
  const half = await signInByPassword(test.ctx, employee, "scanner");
  await expect(requestFactorReset(test.ctx, half.standing)).rejects.toMatchObject({
    code: "forbidden",
    details: { role: "staff" },
  });
  const { standing } = await registerByMail(test.ctx, { email: "nothing-yet@example.test" });
  await expect(requestFactorReset(test.ctx, standing)).rejects.toThrow("conflict");
});

it("is not completed a moment too early, and never for somebody disabled", async () => {
  const test = testContext({ db: database.db });
  const { ctx } = test;
  const { id, email, standing } = await lost(test);
  await requestFactorReset(ctx, standing);
  const reset = database.ownerDb.selectFrom("factor_reset").select("id").where("account_id", "=", id);
  const { id: subjectId } = await reset.executeTakeFirstOrThrow();
  const token = await ctx.db
    .transaction()
    .execute((trx) => issueMailToken(trx, ctx, { kind: "factor_reset", accountId: id, subjectId, minutes: 10_000 }));
  await expect(completeFactorReset(ctx, { token })).rejects.toThrow("factor_reset_too_early");
  test.clock.advance(hours(72));
  await database.ownerDb.updateTable("account").set({ disabled_at: ctx.clock() }).where("id", "=", id).execute();
  await expect(completeFactorReset(ctx, { token })).rejects.toThrow("link_expired");
  await announceReadyFactorResets(ctx);
  expect(await mailsTo(test, email)).toEqual(["factor_reset_requested"]);
});
