import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  authenticatorCode,
  registerAccount,
  signInByPassword,
  testContext,
  type TestContext,
  testTotpSecret,
} from "../../testing/index.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { register } from "../registration/register.ts";
import { stepUp } from "../step-up.ts";
import { beginTotpEnrolment } from "./begin-totp-enrolment.ts";
import { confirmTotpEnrolment } from "./confirm-totp-enrolment.ts";
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
async function registered(test: TestContext) {
  people += 1;
  const email = `person-${people}@example.test`;
  const input = { email, password, displayName: "Alex", locale: "fr", audience: "shop" } as const;
  const { authSession } = await register(test.ctx, input, { state: "signed_out" });
  const { standing } = await readAuthStanding(test.ctx, { token: authSession.token, audience: "shop" });
  if (standing.state !== "enrol") throw new Error(`expected enrol, not ${standing.state}`);
  return { email, standing };
}

/** A visitor with an enrolled second factor, signed in again by password only. */
async function enrolled(test: TestContext) {
  const { email, standing } = await registered(test);
  const { secret } = await beginTotpEnrolment(test.ctx, standing);
  const code = await authenticatorCode(test.ctx.clock(), secret);
  const { recoveryCodes } = await confirmTotpEnrolment(test.ctx, standing, { code });
  test.clock.advance(60_000);
  return { ...(await signInByPassword(test.ctx, { email, password }, "shop")), email, secret, recoveryCodes };
}

/** Nine more auth sessions of one person, begun at once; it also opens the connections that a race needs. */
const nineMore = (test: TestContext, email: string) =>
  Promise.all(
    Array.from({ length: 9 }, async () => (await signInByPassword(test.ctx, { email, password }, "shop")).standing),
  );

/** How many of the tries did what: `ok`, or the code of the error. */
async function outcomes(tries: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(tries)) {
    const name = result.status === "fulfilled" ? "ok" : (result.reason as { code: string }).code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe("enrolment", () => {
  it("shows the same secret to who comes back within the hour, from another device or at the same moment", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registered(test);
    const shown = await Promise.all(Array.from({ length: 10 }, () => beginTotpEnrolment(test.ctx, standing)));
    test.clock.advance(59 * 60_000);
    shown.push(await beginTotpEnrolment(test.ctx, standing));
    expect(new Set(shown.map(({ uri }) => uri)).size).toBe(1);
  });

  it("counts only once a right code was shown, and with the newest secret", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registered(test);
    const first = await beginTotpEnrolment(test.ctx, standing);
    test.clock.advance(60 * 60_000);
    const second = await beginTotpEnrolment(test.ctx, standing);
    expect(second.secret).not.toBe(first.secret);
    const codeOf = ({ secret }: { secret: string }) => authenticatorCode(test.ctx.clock(), secret);
    await expect(confirmTotpEnrolment(test.ctx, standing, { code: await codeOf(first) })).rejects.toThrow("wrong_code");
    const { authSession, recoveryCodes } = await confirmTotpEnrolment(test.ctx, standing, {
      code: await codeOf(second),
    });
    expect(recoveryCodes).toHaveLength(10);
    const after = await readAuthStanding(test.ctx, { token: authSession.token, audience: "shop" });
    expect(after.standing).toMatchObject({
      state: "signed_in",
      actor: { steppedUpUntil: new Date(test.ctx.clock().getTime() + 10 * 60_000) },
    });
  });

  it("needs to be begun, and is never replaced once it is confirmed", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registered(test);
    await expect(confirmTotpEnrolment(test.ctx, standing, { code: "123456" })).rejects.toThrow("totp_not_enrolled");
    await expect(verifyTotp(test.ctx, standing, { code: "123456" })).rejects.toThrow("totp_not_enrolled");
    const { secret } = await beginTotpEnrolment(test.ctx, standing);
    const code = await authenticatorCode(test.ctx.clock(), secret);
    await confirmTotpEnrolment(test.ctx, standing, { code });
    await expect(beginTotpEnrolment(test.ctx, standing)).rejects.toThrow("totp_already_enrolled");
    await expect(confirmTotpEnrolment(test.ctx, standing, { code })).rejects.toThrow("totp_already_enrolled");
  });

  it("is confirmed once when ten requests confirm it at once", async () => {
    const test = testContext({ db: database.db });
    const { standing, email } = await registered(test);
    const { secret } = await beginTotpEnrolment(test.ctx, standing);
    const code = await authenticatorCode(test.ctx.clock(), secret);
    const everywhere = [standing, ...(await nineMore(test, email))];
    const tries = everywhere.map((who) => confirmTotpEnrolment(test.ctx, who, { code }));
    expect(await outcomes(tries)).toEqual({ ok: 1, totp_already_enrolled: 9 });
    const stored = database.ownerDb.selectFrom("recovery_code").select("code_hash");
    expect(await stored.where("account_id", "=", standing.account.id).execute()).toHaveLength(10);
  });

  it("leaves nothing half done when the auth session has ended meanwhile", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await registered(test);
    const { secret } = await beginTotpEnrolment(test.ctx, standing);
    await database.ownerDb.deleteFrom("auth_session").where("account_id", "=", standing.account.id).execute();
    const code = await authenticatorCode(test.ctx.clock(), secret);
    await expect(confirmTotpEnrolment(test.ctx, standing, { code })).rejects.toThrow("not_signed_in");
    const factor = database.ownerDb.selectFrom("totp_factor").select("confirmed_at");
    expect(await factor.where("account_id", "=", standing.account.id).execute()).toEqual([{ confirmed_at: null }]);
  });
});

describe("a code of the app", () => {
  it("works once when it is tried 20 times at once", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret, email } = await enrolled(test);
    const code = await authenticatorCode(test.ctx.clock(), secret);
    // Each try from an auth session of its own, and so only the step that is spent can stop it.
    const others = await nineMore(test, email);
    const counts = await outcomes(
      [standing, ...others, ...others, standing].map((who) => verifyTotp(test.ctx, who, { code })),
    );
    expect(counts).toEqual({ ok: 1, code_already_used: 9, too_many_requests: 10 });
  });

  it("does not work again later, nor does an older one that was never used", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret } = await enrolled(test);
    const older = await authenticatorCode(test.ctx.clock(), secret);
    test.clock.advance(30_000);
    const code = await authenticatorCode(test.ctx.clock(), secret);
    const { authSession } = await verifyTotp(test.ctx, standing, { code });
    const now = (await readAuthStanding(test.ctx, { token: authSession.token, audience: "shop" })).standing;
    if (now.state !== "signed_in") throw new Error("not signed in");
    await expect(stepUp(test.ctx, now, { code })).rejects.toThrow("code_already_used");
    await expect(stepUp(test.ctx, now, { code: older })).rejects.toThrow("code_already_used");
    test.clock.advance(30_000);
    const { standing: view } = await stepUp(test.ctx, now, { code: await authenticatorCode(test.ctx.clock(), secret) });
    expect(view).toMatchObject({ state: "signed_in", steppedUpUntil: new Date(test.ctx.clock().getTime() + 600_000) });
  });

  it("is no step-up for somebody who is still signing in", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret } = await enrolled(test);
    const code = await authenticatorCode(test.ctx.clock(), secret);
    await expect(stepUp(test.ctx, standing, { code })).rejects.toThrow("second_factor_required");
    await expect(verifyTotp(test.ctx, standing, { code })).resolves.toBeDefined();
  });

  it("cannot be guessed: ten wrong ones and even the right one waits", async () => {
    const test = testContext({ db: database.db });
    const { standing, secret, recoveryCodes } = await enrolled(test);
    const code = await authenticatorCode(test.ctx.clock(), secret);
    const wrong = code === "000000" ? "111111" : "000000";
    const tries = Array.from({ length: 10 }, () => verifyTotp(test.ctx, standing, { code: wrong }));
    expect(await outcomes(tries)).toEqual({ wrong_code: 10 });
    await expect(verifyTotp(test.ctx, standing, { code })).rejects.toThrow("too_many_requests");
    const [recovery = ""] = recoveryCodes;
    await expect(verifyRecoveryCode(test.ctx, standing, { code: recovery })).rejects.toThrow("too_many_requests");
  });

  it("of another person is wrong", async () => {
    const test = testContext({ db: database.db });
    const { standing } = await enrolled(test);
    const account = await registerAccount(test.ctx, "visitor");
    expect(account.id).not.toBe(standing.account.id);
    const code = await authenticatorCode(test.ctx.clock(), testTotpSecret);
    await expect(verifyTotp(test.ctx, standing, { code })).rejects.toThrow("wrong_code");
  });
});

describe("a recovery code", () => {
  it("works once when it is tried 20 times at once", async () => {
    const test = testContext({ db: database.db });
    const { standing, recoveryCodes, email } = await enrolled(test);
    const [code = "", another = ""] = recoveryCodes;
    const others = await nineMore(test, email);
    const tries = [standing, ...others, ...others, standing].map((who) => verifyRecoveryCode(test.ctx, who, { code }));
    expect(await outcomes(tries)).toEqual({ ok: 1, code_already_used: 9, too_many_requests: 10 });

    const { ctx } = testContext({ db: database.db });
    const again = await signInByPassword(ctx, { email, password }, "shop");
    await expect(verifyRecoveryCode(ctx, again.standing, { code })).rejects.toThrow("code_already_used");
    await expect(verifyRecoveryCode(ctx, again.standing, { code: "0".repeat(25) })).rejects.toThrow("wrong_code");
    const { standing: view } = await verifyRecoveryCode(ctx, again.standing, { code: another.toLowerCase() });
    expect(view.state).toBe("signed_in");
  });

  it("of another person is wrong", async () => {
    const test = testContext({ db: database.db });
    const [one, other] = [await enrolled(test), await enrolled(test)];
    const [code = ""] = other.recoveryCodes;
    await expect(verifyRecoveryCode(test.ctx, one.standing, { code })).rejects.toThrow("wrong_code");
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
