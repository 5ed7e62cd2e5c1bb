import type { Audience } from "@tessera/contracts";
import { readAuthStanding } from "@tessera/core";
import {
  authenticatorCode,
  queuedMail,
  registerAccount,
  secretOf,
  testContext,
  type TestContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCaller } from "../router.ts";

let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
});
afterAll(() => database.drop());

const password = "marble torch over the river";
const newPassword = "granite lantern under a bridge";

type Auth = ReturnType<typeof createCaller>["auth"];

/** An app in one browser: its cookie, and everything that the API ever answered to it. */
function browser(audience: Audience) {
  let token: string | null = null;
  const answers: unknown[] = [];
  const cookies: (string | null)[] = [];
  // As the server does: a new caller for each request, which reads the cookie once.
  const request = async <T>(call: (auth: Auth) => Promise<T>): Promise<T> => {
    const sent = token;
    const caller = createCaller({
      core: test.ctx,
      requestId: "test",
      requester: testRequester,
      audience,
      auth: async () => (await readAuthStanding(test.ctx, { token: sent, audience })).standing,
      authAgain: async () => ({ state: "signed_out" }),
      scanner: async () => null,
      setAuthSession: (authSession) => void cookies.push((token = authSession?.token ?? null)),
    });
    const answer = await call(caller.auth);
    answers.push(answer);
    return answer;
  };
  return { request, answers, cookies };
}
type Browser = ReturnType<typeof browser>;

const code = (secret?: string) => authenticatorCode(test.ctx.clock(), secret);
const errorCode = (expected: string): unknown => expect.objectContaining({ message: expected });
/** The next code of an app: none works twice. */
const laterCode = (secret?: string) => {
  test.clock.advance(30_000);
  return code(secret);
};

/** Registers by the code of the mail, and enrols an authenticator app. */
async function registerWithApp({ request }: Browser, email: string) {
  const { registrationId } = await request((auth) => auth.registration.begin({ email, locale: "fr" }));
  const mail = await queuedMail(test.ctx, email, "registration_code");
  const proof = { registrationId, code: mail.code };
  await request((auth) => auth.registration.checkCode(proof));
  const registration = { ...proof, displayName: "Camille", locale: "fr", password } as const;
  const registered = await request((auth) => auth.registration.register(registration));
  const { secret, uri } = await request((auth) => auth.factors.beginTotpEnrolment());
  expect(uri).toContain(`secret=${secret}`);
  const confirmation = { code: await code(secret) };
  const { recoveryCodes } = await request((auth) => auth.factors.confirmTotpEnrolment(confirmation));
  if (recoveryCodes === null) throw new Error("no recovery codes with the first factor");
  return { registered, secret, recoveryCodes };
}

it("lives the story: register, enrol, sign out, sign in, step up", async () => {
  const shop = browser("shop");
  const { request, cookies } = shop;
  expect(await request((auth) => auth.accounts.me())).toEqual({ state: "signed_out" });

  const { registered, secret, recoveryCodes } = await registerWithApp(shop, "camille@example.test");
  expect(registered).toEqual({
    state: "enrol",
    hasPassword: true,
    account: {
      id: expect.any(String) as string,
      email: "camille@example.test",
      displayName: "Camille",
      locale: "fr",
      role: "visitor",
    },
  });
  expect(await request((auth) => auth.accounts.me())).toMatchObject({
    state: "signed_in",
    account: { role: "visitor" },
    factors: { totp: true, passkey: false },
  });
  expect(await request((auth) => auth.accounts.signOut())).toEqual({ state: "signed_out" });
  expect(await request((auth) => auth.accounts.me())).toEqual({ state: "signed_out" });

  const credentials = { email: " Camille@Example.test ", password };
  expect(await request((auth) => auth.accounts.signIn(credentials))).toMatchObject({ state: "verify" });
  const spaced = (await laterCode(secret)).replace(/^(...)/, "$1 ");
  const verified = await request((auth) => auth.factors.verifyTotp({ code: spaced }));
  expect(verified).toMatchObject({ state: "signed_in", steppedUpUntil: "2028-07-14T12:10:30.000Z" });

  test.clock.advance(11 * 60_000);
  const stepUpCode = { code: await code(secret) };
  await request((auth) => auth.factors.verifyTotp(stepUpCode));
  expect(await request((auth) => auth.accounts.me())).toMatchObject({ steppedUpUntil: "2028-07-14T12:21:30.000Z" });

  await request((auth) => auth.accounts.signIn(credentials));
  const [recoveryCode = ""] = recoveryCodes;
  expect(await request((auth) => auth.factors.verifyRecoveryCode({ code: recoveryCode }))).toMatchObject({
    state: "signed_in",
  });
  expect(await request((auth) => auth.accounts.setLocale({ locale: "en" }))).toMatchObject({ locale: "en" });
  expect(await request((auth) => auth.accounts.me())).toMatchObject({ account: { locale: "en" } });
  const tokens = cookies.filter((token) => token !== null);
  expect(new Set(tokens).size).toBe(tokens.length);
});

it("lives with what goes wrong: a forgotten password, another address, a last goodbye", async () => {
  const shop = browser("shop");
  const { request, cookies } = shop;
  const { secret } = await registerWithApp(shop, "lucky@example.test");

  const wish = { currentPassword: password, newPassword };
  expect(await request((auth) => auth.passwords.change(wish))).toMatchObject({ state: "signed_in" });
  expect(await request((auth) => auth.accounts.me())).toMatchObject({ state: "signed_in" });
  await request((auth) => auth.accounts.signOut());

  const forgotten = { email: "lucky@example.test", locale: "fr" } as const;
  expect(await request((auth) => auth.passwords.requestReset(forgotten))).toEqual({ done: true });
  expect(await request((auth) => auth.passwords.requestReset({ ...forgotten, email: "no@example.test" }))).toEqual({
    done: true,
  });
  const { link } = await queuedMail(test.ctx, "lucky@example.test", "password_reset");
  const reset = { token: secretOf(link), password };
  expect(await request((auth) => auth.passwords.reset(reset))).toEqual({ done: true });
  await expect(request((auth) => auth.passwords.reset(reset))).rejects.toEqual(errorCode("link_expired"));
  // A new password signs nobody in, and the second factor is still owed.
  expect(await request((auth) => auth.accounts.me())).toEqual({ state: "signed_out" });
  const credentials = { email: "lucky@example.test", password };
  expect(await request((auth) => auth.accounts.signIn(credentials))).toMatchObject({ state: "verify" });
  const verification = { code: await laterCode(secret) };
  await request((auth) => auth.factors.verifyTotp(verification));

  expect(await request((auth) => auth.email.requestChange({ email: " New@Example.test" }))).toEqual({ done: true });
  expect(await request((auth) => auth.email.pendingChange())).toMatchObject({ newEmail: "new@example.test" });
  const links = [
    (await queuedMail(test.ctx, "new@example.test", "email_change_new")).link,
    (await queuedMail(test.ctx, "lucky@example.test", "email_change_old")).link,
  ].map((text) => ({ token: secretOf(text) }));
  const [toNew = { token: "" }, toOld = { token: "" }] = links;
  // One of them is opened on a phone where nobody is signed in.
  expect(await browser("shop").request((auth) => auth.email.confirmChange(toNew))).toEqual({ changed: false });
  expect(await request((auth) => auth.email.confirmChange(toOld))).toEqual({ changed: true });
  expect(await request((auth) => auth.accounts.me())).toMatchObject({ account: { email: "new@example.test" } });

  expect(await request((auth) => auth.personalData.download())).toMatchObject({
    account: { email: "new@example.test" },
    orders: [],
  });
  expect(await request((auth) => auth.personalData.deleteAccount({ giveUpTickets: false }))).toEqual({ done: true });
  expect(cookies.at(-1)).toBeNull();
  const gone = { email: "new@example.test", password };
  await expect(request((auth) => auth.accounts.signIn(gone))).rejects.toEqual(errorCode("wrong_credentials"));
  // The address is free again.
  await registerWithApp(browser("shop"), "new@example.test");
});

it("asks for the second factor again before what grants something", async () => {
  const shop = browser("shop");
  const { request } = shop;
  await registerWithApp(shop, "careful@example.test");
  await request((auth) => auth.email.requestChange({ email: "mistaken@example.test" }));
  test.clock.advance(11 * 60_000);
  // Taking a wish back grants nothing.
  expect(await request((auth) => auth.email.withdrawChange())).toEqual({ done: true });
  expect(await request((auth) => auth.email.pendingChange())).toBeNull();
  const costly: ((auth: Auth) => Promise<unknown>)[] = [
    (auth) => auth.passwords.change({ currentPassword: password, newPassword }),
    (auth) => auth.email.requestChange({ email: "elsewhere@example.test" }),
    (auth) => auth.personalData.download(),
    (auth) => auth.personalData.deleteAccount({ giveUpTickets: true }),
  ];
  for (const call of costly) await expect(request(call)).rejects.toEqual(errorCode("step_up_required"));
  await request((auth) => auth.accounts.setLocale({ locale: "en" }));
});

it("says what is wrong by its code", async () => {
  const { request } = browser("shop");
  await expect(request((auth) => auth.factors.beginTotpEnrolment())).rejects.toEqual(errorCode("not_signed_in"));
  await expect(request((auth) => auth.factors.verifyTotp({ code: "123456" }))).rejects.toEqual(
    errorCode("not_signed_in"),
  );

  const { email } = await registerAccount(test.ctx, "visitor");
  const { registrationId } = await request((auth) => auth.registration.begin({ email, locale: "en" }));
  const guess = { registrationId, code: "123456" };
  await expect(request((auth) => auth.registration.checkCode(guess))).rejects.toEqual(errorCode("wrong_code"));
  const wrong = { email, password: "not this one" };
  await expect(request((auth) => auth.accounts.signIn(wrong))).rejects.toEqual(errorCode("wrong_credentials"));

  await request((auth) => auth.accounts.signIn({ email, password }));
  await expect(request((auth) => auth.passwords.change({ currentPassword: password, newPassword }))).rejects.toEqual(
    errorCode("second_factor_required"),
  );
  const wrongCode = (await code()) === "000000" ? "111111" : "000000";
  await expect(request((auth) => auth.factors.verifyTotp({ code: wrongCode }))).rejects.toEqual(
    errorCode("wrong_code"),
  );
  const right = { code: await code() };
  await request((auth) => auth.factors.verifyTotp(right));
  await expect(request((auth) => auth.factors.verifyTotp(right))).rejects.toEqual(errorCode("code_already_used"));
  // A new app for a new phone: asked for, it changes nothing yet.
  await expect(request((auth) => auth.factors.beginTotpEnrolment())).resolves.toHaveProperty("secret");
  await expect(request((auth) => auth.email.confirmChange({ token: "A".repeat(43) }))).rejects.toEqual(
    errorCode("link_expired"),
  );
});

it("signs in to one app only, and admits there only whom it is for", async () => {
  const account = await registerAccount(test.ctx, "staff");
  const [shop, scanner, admin] = [browser("shop"), browser("scanner"), browser("admin")];
  await scanner.request((auth) => auth.accounts.signIn(account));
  expect(await scanner.request((auth) => auth.accounts.me())).toMatchObject({ state: "verify" });
  expect(await shop.request((auth) => auth.accounts.me())).toEqual({ state: "signed_out" });
  await expect(admin.request((auth) => auth.accounts.signIn(account))).rejects.toEqual(errorCode("forbidden"));
  expect(admin.cookies).toEqual([]);
  for (const { request } of [scanner, admin]) {
    const begin = request((auth) => auth.registration.begin({ email: "staff@example.test", locale: "fr" }));
    await expect(begin).rejects.toEqual(errorCode("forbidden"));
  }
});

it("never answers with a hash, a key, a token or a sealed secret", async () => {
  const shop = browser("shop");
  const { request, answers, cookies } = shop;
  const email = "quiet@example.test";
  const { secret } = await registerWithApp(shop, email);
  await request((auth) => auth.accounts.me());
  await request((auth) => auth.accounts.signIn({ email, password }));
  const verification = { code: await laterCode(secret) };
  await request((auth) => auth.factors.verifyTotp(verification));
  await request((auth) => auth.passwords.requestReset({ email, locale: "fr" }));
  await request((auth) => auth.email.requestChange({ email: "quieter@example.test" }));
  await request((auth) => auth.personalData.download());

  const { ownerDb } = database;
  const account = await ownerDb
    .selectFrom("account")
    .select(["id", "password_hash", "sealed_account_key"])
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  const factor = await ownerDb
    .selectFrom("totp_factor")
    .select("sealed_secret")
    .where("account_id", "=", account.id)
    .executeTakeFirstOrThrow();
  const hashes = await Promise.all([
    ownerDb.selectFrom("auth_session").select("id_hash as hash").where("account_id", "=", account.id).execute(),
    ownerDb.selectFrom("recovery_code").select("code_hash as hash").where("account_id", "=", account.id).execute(),
    ownerDb.selectFrom("mail_token").select("token_hash as hash").where("account_id", "=", account.id).execute(),
  ]);
  expect(hashes.map((rows) => rows.length)).toEqual([1, 10, 3]);
  const place = { table: "account", column: "sealed_account_key", rowId: account.id, epoch: 0 };
  const links = [
    (await queuedMail(test.ctx, email, "password_reset")).link,
    (await queuedMail(test.ctx, email, "email_change_old")).link,
    (await queuedMail(test.ctx, "quieter@example.test", "email_change_new")).link,
  ];
  const tokens = [...cookies.filter((token) => token !== null), ...links.map(secretOf)];
  const secrets = [
    Buffer.from(account.password_hash ?? ""),
    test.ctx.keyring.open("account", account.sealed_account_key, place),
    account.sealed_account_key,
    factor.sealed_secret,
    ...hashes.flat().map(({ hash }) => hash),
    ...tokens.map((token) => Buffer.from(token, "base64url")),
    ...tokens.map((token) => Buffer.from(token)),
    Buffer.from(password),
  ];
  const said = JSON.stringify(answers);
  // Bytes in any form that JSON could give them: as text, hexadecimal, base64, base64url, or a list of numbers.
  for (const bytes of secrets) {
    expect(bytes.length).toBeGreaterThan(15);
    for (const encoding of ["utf8", "hex", "base64", "base64url"] as const) {
      expect(said).not.toContain(bytes.toString(encoding).replace(/=+$/, ""));
    }
    expect(said).not.toContain([...bytes].join(","));
  }
  // The TOTP secret is in the one answer that shows it, and in no other.
  expect(answers.filter((answer) => JSON.stringify(answer).includes(secret))).toHaveLength(1);
});
