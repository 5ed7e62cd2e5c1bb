import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  authenticatorCode,
  outcomesOf,
  queuedMail,
  registerAccount,
  registerByMail,
  signedInBy,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
  testTotpSecret,
  withoutLimits,
} from "../../testing/index.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { beginTotpEnrolment } from "./begin-totp-enrolment.ts";
import { confirmTotpEnrolment } from "./confirm-totp-enrolment.ts";
import { replaceRecoveryCodes } from "./replace-recovery-codes.ts";
import { verifyRecoveryCode } from "./verify-recovery-code.ts";
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
  const email = `person-${people}@example.test`;
  return { email, ...(await registerByMail(test.ctx, { email, password, ...options })) };
}

/** A visitor with an enrolled second factor, signed in again by password only. */
async function enrolled(test: TestContext) {
  const { email, standing } = await registered(test);
  const { secret } = await beginTotpEnrolment(test.ctx, standing);
  const { recoveryCodes } = await confirm(test, standing, await codeNow(test, secret));
  test.clock.advance(60_000);
  const again = await signInByPassword(test.ctx, { email, password }, "shop");
  return { ...again, email, secret, recoveryCodes: recoveryCodes ?? [] };
}

const codeNow = (test: TestContext, secret?: string) => authenticatorCode(test.ctx.clock(), secret);
const confirm = ({ ctx }: Pick<TestContext, "ctx">, standing: KnownStanding, code: string) =>
  confirmTotpEnrolment(ctx, standing, { code }, testRequester);
const verify = ({ ctx }: Pick<TestContext, "ctx">, standing: KnownStanding, code: string) =>
  verifyTotp(ctx, standing, { code }, testRequester);
const recover = ({ ctx }: Pick<TestContext, "ctx">, standing: KnownStanding, code: string) =>
  verifyRecoveryCode(ctx, standing, { code }, testRequester);

/** Twenty auth sessions of one person, begun at once; it also opens the connections that a race needs. */
const twenty = (test: TestContext, email: string) => {
  const ctx = withoutLimits(test.ctx);
  const start = async () => (await signInByPassword(ctx, { email, password }, "shop")).standing;
  return Promise.all(Array.from({ length: 20 }, start));
};

/** What was written down, in the order of its words. */
const actsAbout = async (accountId: string) => {
  const entries = database.ownerDb.selectFrom("audit_entry").select("action").where("subject_id", "=", accountId);
  return (await entries.execute()).map(({ action }) => action).toSorted();
};

describe("a code of the app", () => {
  it("works once when it is tried 20 times at once", async () => {
    const test = testContext({ db: database.db });
    const { secret, email } = await enrolled(test);
    const code = await codeNow(test, secret);
    // Each try from an auth session of its own and without limits, and so only the step that is spent can stop it.
    const everywhere = await twenty(test, email);
    const tries = everywhere.map((who) => verify({ ctx: withoutLimits(test.ctx) }, who, code));
    expect(await outcomesOf(tries)).toEqual({ ok: 1, code_already_used: 19 });
  });

  it("does not work again later, nor does an older one that was never used", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret } = await enrolled(test);
    const older = await codeNow(test, secret);
    test.clock.advance(30_000);
    const code = await codeNow(test, secret);
    const { authSession } = await verify(test, standing, code);
    const now = await signedInBy(test.ctx, authSession.token);
    const ctx = withoutLimits(test.ctx);
    await expect(verify({ ctx }, now, code)).rejects.toThrow("code_already_used");
    await expect(verify({ ctx }, now, older)).rejects.toThrow("code_already_used");
    test.clock.advance(30_000);
    const steppedUp = await verify({ ctx }, now, await codeNow(test, secret));
    expect(steppedUp.authSession.token).not.toBe(authSession.token);
    const until = new Date(test.ctx.clock().getTime() + 600_000);
    expect(steppedUp.standing).toMatchObject({ state: "signed_in", steppedUpUntil: until });
    expect(await actsAbout(standing.account.id)).toEqual([
      "account.registered",
      "factor.added",
      "factor.wrong_code",
      "factor.wrong_code",
      "sign_in.succeeded",
      "sign_in.succeeded",
      "step_up.succeeded",
    ]);
    const wrong = database.ownerDb.selectFrom("audit_entry").select("actor_id").distinct();
    expect(
      await wrong.where("action", "=", "factor.wrong_code").where("subject_id", "=", standing.account.id).execute(),
    ).toEqual([{ actor_id: standing.account.id }]);
  });

  it("cannot be guessed: after wrong ones at once even the right one waits", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret } = await enrolled(test);
    const code = await codeNow(test, secret);
    const wrong = code === "000000" ? "111111" : "000000";
    const outcomes = await outcomesOf(Array.from({ length: 20 }, () => verify(test, standing, wrong)));
    expect(outcomes["wrong_code"]).toBeLessThanOrEqual(10);
    await expect(verify(test, standing, code)).rejects.toThrow(/too_many_requests|proof_of_work_required/);
  });

  it("is worn out for a day after 100 wrong ones, whoever typed them, and another factor still works", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret, recoveryCodes, email } = await enrolled(test);
    const ctx = withoutLimits(test.ctx);
    const code = await codeNow(test, secret);
    const wrong = code === "000000" ? "111111" : "000000";
    const guesses = await outcomesOf(Array.from({ length: 110 }, () => verify({ ctx }, standing, wrong)));
    expect(guesses).toEqual({ wrong_code: 100, factor_worn_out: 10 });
    await expect(verify({ ctx }, standing, code)).rejects.toThrow("factor_worn_out");
    const [recovery = ""] = recoveryCodes;
    expect((await recover({ ctx }, standing, recovery)).standing.state).toBe("signed_in");

    test.clock.advance(24 * 3_600_000);
    const tomorrow = await signInByPassword(ctx, { email, password }, "shop");
    expect((await verify({ ctx }, tomorrow.standing, await codeNow(test, secret))).standing.state).toBe("signed_in");
  });

  it("is not worn out by right ones", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret } = await enrolled(test);
    await verify(test, standing, await codeNow(test, secret));
    const factor = database.ownerDb.selectFrom("totp_factor").select("wrong_codes");
    expect(await factor.where("account_id", "=", standing.account.id).execute()).toEqual([{ wrong_codes: 0 }]);
  });

  it("of another person is wrong", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await enrolled(test);
    const account = await registerAccount(test.ctx, "visitor");
    expect(account.id).not.toBe(standing.account.id);
    await expect(verify(test, standing, await codeNow(test, testTotpSecret))).rejects.toThrow("wrong_code");
  });
});

describe("a recovery code", () => {
  it("works once when it is tried 20 times at once, and its owner is told", async () => {
    const test = testContext({ db: database.db });
    const { recoveryCodes, email } = await enrolled(test);
    const ctx = withoutLimits(test.ctx);
    const [code = "", another = ""] = recoveryCodes;
    const everywhere = await twenty(test, email);
    const outcomes = await outcomesOf(everywhere.map((who) => recover({ ctx }, who, code)));
    expect(outcomes).toEqual({ ok: 1, code_already_used: 19 });
    expect(await queuedMail(ctx, email, "recovery_code_used")).toMatchObject({ left: 9 });

    const again = await signInByPassword(ctx, { email, password }, "shop");
    await expect(recover({ ctx }, again.standing, "0".repeat(25))).rejects.toThrow("wrong_code");
    expect((await recover({ ctx }, again.standing, another.toLowerCase())).standing.state).toBe("signed_in");
  });

  it("is worth nothing once new ones are shown", async () => {
    const test = testContext({ db: database.db });
    const { standing, recoveryCodes, email, secret } = await enrolled(test);
    const { authSession } = await verify(test, standing, await codeNow(test, secret));
    const now = await signedInBy(test.ctx, authSession.token);
    const { recoveryCodes: fresh } = await replaceRecoveryCodes(test.ctx, now);
    expect(await queuedMail(test.ctx, email, "recovery_codes_replaced")).toBeDefined();
    const [old = ""] = recoveryCodes;
    const [code = ""] = fresh;
    await expect(recover(test, now, old)).rejects.toThrow("wrong_code");
    expect((await recover({ ctx: withoutLimits(test.ctx) }, now, code)).standing.state).toBe("signed_in");
  });

  it("of another person is wrong", async () => {
    const test = testContext({ db: database.db });
    const [one, other] = [await enrolled(test), await enrolled(test)];
    const [code = ""] = other.recoveryCodes;
    await expect(recover(test, one.standing, code)).rejects.toThrow("wrong_code");
  });

  it("is stored as a hash", async () => {
    const test = testContext({ db: database.db });
    const { standing, recoveryCodes } = await enrolled(test);
    const stored = await database.ownerDb
      .selectFrom("recovery_code")
      .select("code_hash")
      .where("account_id", "=", standing.account.id)
      .execute();
    expect(stored).toHaveLength(10);
    for (const { code_hash } of stored) {
      expect(code_hash).toHaveLength(32);
      for (const code of recoveryCodes) expect(code_hash.toString("latin1")).not.toContain(code.slice(0, 5));
    }
  });
});
