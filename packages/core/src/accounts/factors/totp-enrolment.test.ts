import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  outcomesOf,
  queuedMail,
  registerByMail,
  signedInBy,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { beginTotpEnrolment } from "./begin-totp-enrolment.ts";
import { confirmTotpEnrolment } from "./confirm-totp-enrolment.ts";
import { totpEnrolmentPlace } from "./totp.ts";
import { verifyTotp } from "./verify-totp.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const password = "marble torch over the river";
let people = 0;

/** A visitor who has just registered, and so owes the enrolment of a second factor. */
async function registered(test: TestContext, options: { password?: null } = {}) {
  people += 1;
  const email = `enrolling-${people}@example.test`;
  return { email, ...(await registerByMail(test.ctx, { email, password, ...options })) };
}

const codeNow = (test: TestContext, secret: string) => authenticatorCode(test.ctx.clock(), secret);
const confirm = ({ ctx }: Pick<TestContext, "ctx">, standing: KnownStanding, code: string) =>
  confirmTotpEnrolment(ctx, standing, { code }, testRequester);
const verify = ({ ctx }: Pick<TestContext, "ctx">, standing: KnownStanding, code: string) =>
  verifyTotp(ctx, standing, { code }, testRequester);

/** What was written down, in the order of its words. */
const actsAbout = async (accountId: string) => {
  const entries = database.ownerDb.selectFrom("audit_entry").select("action").where("subject_id", "=", accountId);
  return (await entries.execute()).map(({ action }) => action).toSorted();
};

it("shows the same secret to who comes back within the hour, or asks at the same moment", async () => {
  const test = testContext({ db: database.db });
  const { standing } = await registered(test);
  const shown = await Promise.all(Array.from({ length: 10 }, () => beginTotpEnrolment(test.ctx, standing)));
  test.clock.advance(59 * 60_000);
  shown.push(await beginTotpEnrolment(test.ctx, standing));
  expect(new Set(shown.map(({ uri }) => uri)).size).toBe(1);
});

it("counts only once a right code was shown, and with the newest secret", async () => {
  const test = testContext({ db: database.db });
  const { standing, email } = await registered(test);
  const first = await beginTotpEnrolment(test.ctx, standing);
  test.clock.advance(60 * 60_000);
  const second = await beginTotpEnrolment(test.ctx, standing);
  expect(second.secret).not.toBe(first.secret);
  await expect(confirm(test, standing, await codeNow(test, first.secret))).rejects.toThrow("wrong_code");
  const { authSession, recoveryCodes } = await confirm(test, standing, await codeNow(test, second.secret));
  expect(recoveryCodes).toHaveLength(10);
  const { actor } = await signedInBy(test.ctx, authSession.token);
  expect(actor.steppedUpUntil).toEqual(new Date(test.ctx.clock().getTime() + 10 * 60_000));
  expect(await queuedMail(test.ctx, email, "factor_added")).toMatchObject({ factor: "totp" });
  expect(await actsAbout(standing.account.id)).toEqual(["account.registered", "factor.added", "sign_in.succeeded"]);
});

it("needs to be begun, and is never replaced once it is confirmed", async () => {
  const test = testContext({ db: database.db });
  const { standing } = await registered(test);
  await expect(confirm(test, standing, "123456")).rejects.toThrow("totp_not_enrolled");
  await expect(verify(test, standing, "123456")).rejects.toThrow("totp_not_enrolled");
  const { secret } = await beginTotpEnrolment(test.ctx, standing);
  await expect(verify(test, standing, await codeNow(test, secret))).rejects.toThrow("totp_not_enrolled");
  await confirm(test, standing, await codeNow(test, secret));
  await expect(beginTotpEnrolment(test.ctx, standing)).rejects.toThrow("totp_already_enrolled");
  await expect(confirm(test, standing, await codeNow(test, secret))).rejects.toThrow("totp_already_enrolled");
});

it("is refused without a password and a passkey: nobody could sign in by codes alone", async () => {
  const test = testContext({ db: database.db });
  const { standing } = await registered(test, { password: null });
  await expect(beginTotpEnrolment(test.ctx, standing)).rejects.toThrow("password_missing");
  // Begun while there was a password, as far as this request knew.
  const { secret } = await beginTotpEnrolment(test.ctx, { ...standing, hasPassword: true });
  await expect(confirm(test, standing, await codeNow(test, secret))).rejects.toThrow("password_missing");
});

it("is confirmed once when 20 requests confirm it at once, even while its secret is sealed anew", async () => {
  const test = testContext({ db: database.db });
  const ctx = withoutLimits(test.ctx);
  const { standing } = await registered(test);
  const accountId = standing.account.id;
  const { secret } = await beginTotpEnrolment(ctx, standing);
  const code = await codeNow(test, secret);
  const { sealed_secret: sealed } = await database.ownerDb
    .selectFrom("totp_enrolment")
    .select("sealed_secret")
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  const bytes = ctx.keyring.open("totp", sealed, totpEnrolmentPlace(accountId));
  const [outcomes] = await Promise.all([
    outcomesOf(Array.from({ length: 20 }, () => confirm({ ctx }, standing, code))),
    database.ownerDb
      .updateTable("totp_enrolment")
      .set({ sealed_secret: ctx.keyring.seal("totp", bytes, totpEnrolmentPlace(accountId)) })
      .where("account_id", "=", accountId)
      .execute(),
  ]);
  expect(outcomes).toEqual({ ok: 1, totp_already_enrolled: 19 });
  const stored = database.ownerDb.selectFrom("recovery_code").select("code_hash");
  expect(await stored.where("account_id", "=", accountId).execute()).toHaveLength(10);
});

it("leaves nothing half done when the auth session has ended meanwhile", async () => {
  const test = testContext({ db: database.db });
  const { standing } = await registered(test);
  const { secret } = await beginTotpEnrolment(test.ctx, standing);
  await database.ownerDb.deleteFrom("auth_session").where("account_id", "=", standing.account.id).execute();
  await expect(confirm(test, standing, await codeNow(test, secret))).rejects.toThrow("not_signed_in");
  for (const [table, rows] of [
    ["totp_factor", 0],
    ["totp_enrolment", 1],
  ] as const) {
    const left = database.ownerDb.selectFrom(table).select("account_id").where("account_id", "=", standing.account.id);
    expect(await left.execute()).toHaveLength(rows);
  }
});

it("spends the code that confirms: it signs nobody in afterwards", async () => {
  const test = testContext({ db: database.db });
  const { standing, email } = await registered(test);
  const { secret } = await beginTotpEnrolment(test.ctx, standing);
  const code = await codeNow(test, secret);
  await confirm(test, standing, code);
  const again = await signInByPassword(test.ctx, { email, password }, "shop");
  await expect(verify(test, again.standing, code)).rejects.toThrow("code_already_used");
  test.clock.advance(60_000);
  expect((await verify(test, again.standing, await codeNow(test, secret))).standing.state).toBe("signed_in");
});

it("shows nobody a secret that another auth session was shown, and lets nobody else confirm it", async () => {
  const test = testContext({ db: database.db });
  const ctx = withoutLimits(test.ctx);
  const { standing: intruder, email } = await registered(test);
  const { standing: owner } = await signInByPassword(ctx, { email, password }, "shop");
  const seen = await beginTotpEnrolment(ctx, intruder);
  await expect(confirm({ ctx }, owner, await codeNow(test, seen.secret))).rejects.toThrow("totp_not_enrolled");
  const shown = await beginTotpEnrolment(ctx, owner);
  expect(shown.secret).not.toBe(seen.secret);
  await expect(confirm({ ctx }, owner, await codeNow(test, seen.secret))).rejects.toThrow("wrong_code");
  await expect(confirm({ ctx }, intruder, await codeNow(test, shown.secret))).rejects.toThrow("totp_not_enrolled");
  const { authSession } = await confirm({ ctx }, owner, await codeNow(test, shown.secret));
  const standing = await signedInBy(ctx, authSession.token);
  test.clock.advance(60_000);
  await expect(verify({ ctx }, standing, await codeNow(test, seen.secret))).rejects.toThrow("wrong_code");
});

it("shows each of two auth sessions that ask at once a secret of its own, or none", async () => {
  const test = testContext({ db: database.db });
  const { standing: one, email } = await registered(test);
  const { standing: other } = await signInByPassword(test.ctx, { email, password }, "shop");
  const shown = (who: KnownStanding) =>
    beginTotpEnrolment(test.ctx, who).then(
      ({ secret }) => [secret],
      () => [],
    );
  const ask = (who: KnownStanding) => Promise.all(Array.from({ length: 10 }, () => shown(who)));
  const [ones, others] = await Promise.all([ask(one), ask(other)]);
  const known = new Set(ones.flat());
  expect(others.flat().filter((secret) => known.has(secret))).toEqual([]);
  expect(known.size + others.flat().length).toBeGreaterThan(0);
});

it("is forgotten with the auth sessions of its account, unless it was shown to the one that stays", async () => {
  const test = testContext({ db: database.db });
  const { standing, email } = await registered(test);
  const other = await signInByPassword(test.ctx, { email, password }, "shop");
  const accountId = standing.account.id;
  const stored = async () => {
    const enrolments = database.ownerDb.selectFrom("totp_enrolment").select("created_at");
    return (await enrolments.where("account_id", "=", accountId).execute()).length;
  };
  const { secret } = await beginTotpEnrolment(test.ctx, standing);
  await deleteAuthSessionsOf(test.ctx.db, accountId, { except: standing.authSession.id });
  expect(await stored()).toBe(1);
  await expect(beginTotpEnrolment(test.ctx, standing)).resolves.toMatchObject({ secret });
  await deleteAuthSessionsOf(test.ctx.db, accountId, { except: other.standing.authSession.id });
  expect(await stored()).toBe(0);

  const again = await signInByPassword(test.ctx, { email, password }, "shop");
  const { secret: enrolled } = await beginTotpEnrolment(test.ctx, again.standing);
  await confirm(test, again.standing, await codeNow(test, enrolled));
  await deleteAuthSessionsOf(test.ctx.db, accountId);
  expect(await stored()).toBe(0);
  const factors = database.ownerDb.selectFrom("totp_factor").select("confirmed_at");
  expect(await factors.where("account_id", "=", accountId).execute()).toHaveLength(1);
});

it("says by how much the clock of the phone is off, and takes no such code", async () => {
  const test = testContext({ db: database.db });
  const ctx = withoutLimits(test.ctx);
  const { standing } = await registered(test);
  const { secret } = await beginTotpEnrolment(ctx, standing);
  const now = ctx.clock().getTime();
  const shownBy = (ahead: number) => authenticatorCode(new Date(now + ahead * 1000), secret);
  for (const ahead of [-300, -60, 60, 180, 300]) {
    await expect(confirm({ ctx }, standing, await shownBy(ahead)), `${ahead} s`).rejects.toMatchObject({
      code: "wrong_code",
      details: { clockAheadSeconds: ahead },
    });
  }
  await expect(confirm({ ctx }, standing, await shownBy(3600))).rejects.toMatchObject({
    code: "wrong_code",
    details: {},
  });
  await confirm({ ctx }, standing, await shownBy(30));
  // Nobody who only guesses may learn a code that will be right in a minute.
  await expect(verify({ ctx }, standing, await shownBy(90))).rejects.toMatchObject({ code: "wrong_code", details: {} });
});
