import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  outcomesOf,
  queuedMails,
  registerAccount,
  signedInBy,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { beginTotpEnrolment } from "./begin-totp-enrolment.ts";
import { confirmTotpEnrolment } from "./confirm-totp-enrolment.ts";
import { verifyTotp } from "./verify-totp.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Somebody signed in whose authenticator app counts. */
async function owner(test: TestContext) {
  const account = await registerAccount(test.ctx, "visitor");
  const signIn = async () => {
    const half = await signInByPassword(test.ctx, account, "shop");
    const code = await authenticatorCode(test.ctx.clock());
    const { token } = (await verifyTotp(test.ctx, half.standing, { code }, testRequester)).authSession;
    return { token, standing: await signedInBy(test.ctx, token) };
  };
  return { account, signIn };
}

const confirm = (
  { ctx }: Pick<TestContext, "ctx">,
  standing: Parameters<typeof confirmTotpEnrolment>[1],
  code: string,
) => confirmTotpEnrolment(ctx, standing, { code }, testRequester);

it("lets the old app count until the new one has shown a code, and never again", async () => {
  const test = testContext({ db: database.db });
  const { account, signIn } = await owner(test);
  const elsewhere = await signIn();
  test.clock.advance(60_000);
  const here = await signIn();

  const { secret } = await beginTotpEnrolment(test.ctx, here.standing);
  test.clock.advance(60_000);
  const half = await signInByPassword(test.ctx, account, "shop");
  const oldCode = await authenticatorCode(test.ctx.clock());
  await expect(verifyTotp(test.ctx, half.standing, { code: oldCode }, testRequester)).resolves.toBeDefined();
  await expect(confirm(test, here.standing, oldCode)).rejects.toThrow("wrong_code");

  test.clock.advance(60_000);
  const newCode = await authenticatorCode(test.ctx.clock(), secret);
  // With it come the recovery codes that this account was made without.
  const { recoveryCodes } = await confirm(test, here.standing, newCode);
  expect(recoveryCodes).toHaveLength(10);
  const ended = await readAuthStanding(test.ctx, { token: elsewhere.token, audience: "shop" });
  expect(ended.standing.state).toBe("signed_out");

  const again = await signInByPassword(test.ctx, account, "shop");
  const tryCode = (code: string) => verifyTotp(test.ctx, again.standing, { code }, testRequester);
  await expect(tryCode(newCode)).rejects.toThrow("code_already_used");
  await expect(tryCode(await authenticatorCode(test.ctx.clock()))).rejects.toThrow("wrong_code");
  test.clock.advance(60_000);
  await expect(tryCode(await authenticatorCode(test.ctx.clock(), secret))).resolves.toBeDefined();
  const mails = await queuedMails(test.ctx, account.email);
  expect(mails.map(({ content }) => content.template)).toContain("factor_added");
});

it("is replaced once, when the same code comes 20 times at once", async () => {
  const test = testContext({ db: database.db });
  const { signIn } = await owner(test);
  const here = await signIn();
  const ctx = withoutLimits(test.ctx);
  const { secret } = await beginTotpEnrolment(ctx, here.standing);
  test.clock.advance(60_000);
  const code = await authenticatorCode(test.ctx.clock(), secret);
  const outcomes = await outcomesOf(Array.from({ length: 20 }, () => confirm({ ctx }, here.standing, code)));
  expect(outcomes["ok"]).toBe(1);
});

it("shows the new secret to the auth session that asked, and to no other", async () => {
  const test = testContext({ db: database.db });
  const { signIn } = await owner(test);
  const here = await signIn();
  test.clock.advance(60_000);
  const intruder = await signIn();
  const first = await beginTotpEnrolment(test.ctx, intruder.standing);
  expect(await beginTotpEnrolment(test.ctx, intruder.standing)).toEqual(first);
  const second = await beginTotpEnrolment(test.ctx, here.standing);
  expect(second.secret).not.toBe(first.secret);
  test.clock.advance(60_000);
  const code = await authenticatorCode(test.ctx.clock(), first.secret);
  await expect(confirm(test, intruder.standing, code)).rejects.toThrow("totp_not_enrolled");
  await expect(confirm(test, here.standing, code)).rejects.toThrow("wrong_code");
});
