import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  queuedMail,
  registerAccount,
  secretOf,
  signedInBy,
  signInByPassword,
  testContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { confirmEmailChange } from "../email/confirm-email-change.ts";
import { requestEmailChange } from "../email/request-email-change.ts";
import { requestPasswordReset } from "../passwords/request-password-reset.ts";
import { resetPassword } from "../passwords/reset-password.ts";
import { announceReadyFactorResets } from "./announce-factor-resets.ts";
import { cancelFactorReset, completeFactorReset } from "./end-factor-reset.ts";
import { requestFactorReset } from "./request-factor-reset.ts";
import { verifyTotp } from "./verify-totp.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hour = 3_600_000;
const day = 24 * hour;
const password = "granite lantern under a bridge";

/** Somebody who reads the mails of an account and knows nothing else of it. */
async function mailboxTaken() {
  const made = testContext({ db: database.db });
  const ctx = withoutLimits(made.ctx);
  const { email } = await registerAccount(ctx, "visitor");
  await requestPasswordReset(ctx, { email, locale: "fr", audience: "shop" }, testRequester);
  const token = secretOf((await queuedMail(ctx, email, "password_reset")).link);
  await resetPassword(ctx, { token, password, audience: "shop" }, testRequester);
  const lose = async () => {
    const { standing } = await signInByPassword(ctx, { email, password }, "shop");
    return requestFactorReset(ctx, standing);
  };
  return { ...made, ctx, email, lose };
}

it("waits seven days for whoever came by the mailbox alone, and its owner can say no all along", async () => {
  const { ctx, clock, email, lose } = await mailboxTaken();
  const asked = ctx.clock();
  expect((await lose()).readyAt).toEqual(new Date(asked.getTime() + 7 * day));
  const { readyAt } = await queuedMail(ctx, email, "factor_reset_requested");
  expect(readyAt).toBe(new Date(asked.getTime() + 7 * day).toISOString());
  clock.advance(7 * day - 1);
  await announceReadyFactorResets(ctx);
  await expect(queuedMail(ctx, email, "factor_reset_ready")).rejects.toThrow("no mail");
  clock.advance(1);
  await announceReadyFactorResets(ctx);
  const { link } = await queuedMail(ctx, email, "factor_reset_ready");
  clock.advance(7 * day - 1);
  // The first mail's link stops it for as long as the second mail's could do it.
  const { cancelLink } = await queuedMail(ctx, email, "factor_reset_requested");
  await cancelFactorReset(ctx, { token: secretOf(cancelLink) });
  await expect(completeFactorReset(ctx, { token: secretOf(link) })).rejects.toThrow("link_expired");
});

it.each([
  [7 * day - 1, 7 * day],
  [7 * day, 72 * hour],
])("%i ms after a reset of the password waits %i ms", async (since, wait) => {
  const { ctx, clock, lose } = await mailboxTaken();
  clock.advance(since);
  const asked = ctx.clock();
  expect((await lose()).readyAt).toEqual(new Date(asked.getTime() + wait));
});

it("waits seven days after a change of the address", async () => {
  const made = testContext({ db: database.db });
  const ctx = withoutLimits(made.ctx);
  const account = await registerAccount(ctx, "visitor");
  const half = await signInByPassword(ctx, account, "shop");
  const code = await authenticatorCode(ctx.clock());
  const { authSession } = await verifyTotp(ctx, half.standing, { code }, testRequester);
  const standing = await signedInBy(ctx, authSession.token);
  const email = "moved-and-lost@example.test";
  await requestEmailChange(ctx, standing, { email }, testRequester);
  for (const { link } of [
    await queuedMail(ctx, account.email, "email_change_old"),
    await queuedMail(ctx, email, "email_change_new"),
  ]) {
    await confirmEmailChange(ctx, { token: secretOf(link) }, { state: "signed_out" });
  }
  const again = await signInByPassword(ctx, { ...account, email }, "shop");
  const { readyAt } = await requestFactorReset(ctx, again.standing);
  expect(readyAt).toEqual(new Date(ctx.clock().getTime() + 7 * day));
});
