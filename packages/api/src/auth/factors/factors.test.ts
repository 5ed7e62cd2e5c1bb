import {
  authenticatorCode,
  makePasskey,
  queuedMail,
  registerAccount,
  secretOf,
  testContext,
  type TestContext,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../../testing/browser.ts";

let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
});
afterAll(() => database.drop());

const password = "marble torch over the river";
const code = (secret?: string) => authenticatorCode(test.ctx.clock(), secret);

/** Registers in a browser of the shop, up to where the first factor is owed. */
async function register(email: string, chosen: string | null) {
  const shop = openBrowser(test.ctx, "shop");
  const { registrationId } = await shop.api.auth.registration.begin({ email, locale: "fr" });
  const mail = await queuedMail(test.ctx, email, "registration_code");
  const person = { displayName: "Camille", locale: "fr", password: chosen } as const;
  await shop.api.auth.registration.register({ registrationId, code: mail.code, ...person });
  return shop;
}

it("lives with a passkey and no password: enrol, sign out, sign in by it alone, step up", async () => {
  const shop = await register("no-password@example.test", null);
  expect(await shop.api.auth.accounts.me()).toMatchObject({ state: "enrol", hasPassword: false });
  await expect(shop.api.auth.factors.beginTotpEnrolment()).rejects.toThrow("password_missing");
  const { passkey, response } = makePasskey(await shop.api.auth.factors.beginPasskeyEnrolment());
  const { recoveryCodes } = await shop.api.auth.factors.confirmPasskeyEnrolment({ name: " Phone ", response });
  expect(recoveryCodes).toHaveLength(10);
  const view = await shop.api.auth.factors.list();
  expect(view).toMatchObject({ hasPassword: false, totp: null, passkeys: [{ name: "Phone", lastUsedAt: null }] });

  await shop.api.auth.accounts.signOut();
  await expect(shop.api.auth.factors.list()).rejects.toThrow("not_signed_in");
  const answer = passkey.show(await shop.api.auth.factors.beginPasskeySignIn());
  expect(await shop.api.auth.factors.signInWithPasskey({ response: answer })).toMatchObject({
    state: "signed_in",
    factors: { totp: false, passkey: true },
  });
  await expect(shop.api.auth.factors.signInWithPasskey({ response: answer })).rejects.toThrow("passkey_refused");

  test.clock.advance(11 * 60_000);
  const [{ id: passkeyId } = { id: "" }] = view.passkeys;
  await expect(shop.api.auth.factors.removePasskey({ passkeyId })).rejects.toThrow("step_up_required");
  await shop.api.auth.factors.verifyPasskey({
    response: passkey.show(await shop.api.auth.factors.beginPasskeyVerification()),
  });
  await expect(shop.api.auth.factors.removePasskey({ passkeyId })).rejects.toThrow("last_factor");
  await shop.api.auth.factors.renamePasskey({ passkeyId, name: "Clé de Camille" });
  expect((await shop.api.auth.factors.list()).passkeys).toMatchObject([{ name: "Clé de Camille" }]);
});

it("changes an app for a passkey, and keeps what is left", async () => {
  const shop = await register("changes@example.test", password);
  const { secret } = await shop.api.auth.factors.beginTotpEnrolment();
  const first = await shop.api.auth.factors.confirmTotpEnrolment({ code: await code(secret) });
  expect(first.recoveryCodes).toHaveLength(10);
  await expect(shop.api.auth.factors.removeTotp()).rejects.toThrow("last_factor");
  const { response } = makePasskey(await shop.api.auth.factors.beginPasskeyEnrolment());
  const second = await shop.api.auth.factors.confirmPasskeyEnrolment({ name: "Key", response });
  expect(second.recoveryCodes).toBeNull();
  await shop.api.auth.factors.removeTotp();
  const { recoveryCodes } = await shop.api.auth.factors.replaceRecoveryCodes();
  expect(await shop.api.auth.factors.list()).toMatchObject({ totp: null, recoveryCodesLeft: 10 });

  await shop.api.auth.accounts.signIn({ email: "changes@example.test", password });
  await expect(shop.api.auth.factors.list()).rejects.toThrow("second_factor_required");
  await expect(shop.api.auth.factors.beginPasskeyEnrolment()).rejects.toThrow("second_factor_required");
  const [old = ""] = first.recoveryCodes ?? [];
  await expect(shop.api.auth.factors.verifyRecoveryCode({ code: old })).rejects.toThrow("wrong_code");
  const [fresh = ""] = recoveryCodes;
  expect(await shop.api.auth.factors.verifyRecoveryCode({ code: fresh })).toMatchObject({ state: "signed_in" });
});

it("stops a reset by the link of its mail, from any browser", async () => {
  const account = await registerAccount(test.ctx, "visitor");
  const shop = openBrowser(test.ctx, "shop");
  await shop.api.auth.accounts.signIn(account);
  const readyAt = new Date(test.ctx.clock().getTime() + 72 * 3_600_000).toISOString();
  expect(await shop.api.auth.factors.requestReset()).toEqual({ readyAt });
  const { cancelLink } = await queuedMail(test.ctx, account.email, "factor_reset_requested");
  const elsewhere = openBrowser(test.ctx, "shop");
  const token = secretOf(cancelLink);
  await expect(elsewhere.api.auth.factors.completeReset({ token })).rejects.toThrow("link_expired");
  expect(await elsewhere.api.auth.factors.cancelReset({ token })).toEqual({ done: true });
  await expect(elsewhere.api.auth.factors.cancelReset({ token })).rejects.toThrow("link_expired");
});
