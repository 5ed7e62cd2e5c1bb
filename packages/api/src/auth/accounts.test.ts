import type { Audience } from "@tessera/contracts";
import { readAuthStanding } from "@tessera/core";
import { authenticatorCode, registerAccount, testContext, type TestContext } from "@tessera/core/testing";
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

/** An app in one browser: its cookie, and everything that the API ever answered to it. */
function browser(audience: Audience) {
  let token: string | null = null;
  const answers: unknown[] = [];
  const cookies: (string | null)[] = [];
  // As the server does: a new caller for each request, which reads the cookie once.
  const request = async <T>(call: (accounts: ReturnType<typeof createCaller>["auth"]["accounts"]) => Promise<T>) => {
    const sent = token;
    const caller = createCaller({
      core: test.ctx,
      requestId: "test",
      audience,
      auth: async () => (await readAuthStanding(test.ctx, { token: sent, audience })).standing,
      setAuthSession: (authSession) => {
        token = authSession?.token ?? null;
        cookies.push(token);
      },
    });
    const answer = await call(caller.auth.accounts);
    answers.push(answer);
    return answer;
  };
  return { request, answers, cookies };
}

const code = (secret?: string) => authenticatorCode(test.ctx.clock(), secret);
const errorCode = (expected: string): unknown => expect.objectContaining({ message: expected });

it("lives the story: register, enrol, sign out, sign in, step up", async () => {
  const { request, cookies } = browser("shop");
  expect(await request((accounts) => accounts.me())).toEqual({ state: "signed_out" });

  const registration = { email: " Camille@Example.test ", password, displayName: "Camille", locale: "fr" } as const;
  const registered = await request((accounts) => accounts.register(registration));
  expect(registered).toEqual({
    state: "enrol",
    account: {
      id: expect.any(String) as string,
      email: "camille@example.test",
      displayName: "Camille",
      locale: "fr",
      role: "visitor",
    },
  });

  const { secret, uri } = await request((accounts) => accounts.beginTotpEnrolment());
  expect(uri).toContain(`secret=${secret}`);
  const confirmation = { code: await code(secret) };
  const { recoveryCodes } = await request((accounts) => accounts.confirmTotpEnrolment(confirmation));
  expect(await request((accounts) => accounts.me())).toMatchObject({
    state: "signed_in",
    account: { role: "visitor" },
  });
  expect(await request((accounts) => accounts.signOut())).toEqual({ state: "signed_out" });
  expect(await request((accounts) => accounts.me())).toEqual({ state: "signed_out" });

  const credentials = { email: "camille@example.test", password };
  expect(await request((accounts) => accounts.signIn(credentials))).toMatchObject({ state: "verify" });
  test.clock.advance(30_000);
  const spaced = (await code(secret)).replace(/^(...)/, "$1 ");
  const verified = await request((accounts) => accounts.verifyTotp({ code: spaced }));
  expect(verified).toMatchObject({ state: "signed_in", steppedUpUntil: "2028-07-14T12:10:30.000Z" });

  test.clock.advance(11 * 60_000);
  const stepUpCode = { code: await code(secret) };
  await request((accounts) => accounts.stepUp(stepUpCode));
  expect(await request((accounts) => accounts.me())).toMatchObject({ steppedUpUntil: "2028-07-14T12:21:30.000Z" });

  await request((accounts) => accounts.signIn(credentials));
  const [recoveryCode = ""] = recoveryCodes;
  expect(await request((accounts) => accounts.verifyRecoveryCode({ code: recoveryCode }))).toMatchObject({
    state: "signed_in",
  });
  const tokens = cookies.filter((token) => token !== null);
  expect(new Set(tokens).size).toBe(tokens.length);
});

it("says what is wrong by its code", async () => {
  const { request } = browser("shop");
  await expect(request((accounts) => accounts.beginTotpEnrolment())).rejects.toEqual(errorCode("not_signed_in"));
  await expect(request((accounts) => accounts.verifyTotp({ code: "123456" }))).rejects.toEqual(
    errorCode("not_signed_in"),
  );

  const { email } = await registerAccount(test.ctx, "visitor");
  const registration = { email, password, displayName: "Again", locale: "en" } as const;
  await expect(request((accounts) => accounts.register(registration))).rejects.toEqual(errorCode("email_taken"));
  const wrong = { email, password: "not this one" };
  await expect(request((accounts) => accounts.signIn(wrong))).rejects.toEqual(errorCode("wrong_credentials"));

  await request((accounts) => accounts.signIn({ email, password }));
  const wrongCode = (await code()) === "000000" ? "111111" : "000000";
  await expect(request((accounts) => accounts.verifyTotp({ code: wrongCode }))).rejects.toEqual(
    errorCode("wrong_code"),
  );
  const right = { code: await code() };
  await expect(request((accounts) => accounts.stepUp(right))).rejects.toEqual(errorCode("second_factor_required"));
  await request((accounts) => accounts.verifyTotp(right));
  await expect(request((accounts) => accounts.stepUp(right))).rejects.toEqual(errorCode("code_already_used"));
  await expect(request((accounts) => accounts.beginTotpEnrolment())).rejects.toEqual(
    errorCode("totp_already_enrolled"),
  );
});

it("signs in to one app only, and admits there only whom it is for", async () => {
  const account = await registerAccount(test.ctx, "staff");
  const [shop, scanner, admin] = [browser("shop"), browser("scanner"), browser("admin")];
  await scanner.request((accounts) => accounts.signIn(account));
  expect(await scanner.request((accounts) => accounts.me())).toMatchObject({ state: "verify" });
  expect(await shop.request((accounts) => accounts.me())).toEqual({ state: "signed_out" });
  await expect(admin.request((accounts) => accounts.signIn(account))).rejects.toEqual(errorCode("forbidden"));
  expect(admin.cookies).toEqual([]);
});

it("never answers with a hash, a key, a token or a sealed secret", async () => {
  const { request, answers, cookies } = browser("shop");
  const email = "quiet@example.test";
  await request((accounts) => accounts.register({ email, password, displayName: "Quiet", locale: "fr" }));
  const { secret } = await request((accounts) => accounts.beginTotpEnrolment());
  const confirmation = { code: await code(secret) };
  await request((accounts) => accounts.confirmTotpEnrolment(confirmation));
  await request((accounts) => accounts.me());
  await request((accounts) => accounts.signIn({ email, password }));
  test.clock.advance(30_000);
  const verification = { code: await code(secret) };
  await request((accounts) => accounts.verifyTotp(verification));

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
  const sessions = await ownerDb
    .selectFrom("auth_session")
    .select("id_hash")
    .where("account_id", "=", account.id)
    .execute();
  const codes = await ownerDb
    .selectFrom("recovery_code")
    .select("code_hash")
    .where("account_id", "=", account.id)
    .execute();
  const place = { table: "account", column: "sealed_account_key", rowId: account.id, epoch: 0 };
  const secrets = [
    Buffer.from(account.password_hash),
    test.ctx.keyring.open("account", account.sealed_account_key, place),
    account.sealed_account_key,
    factor.sealed_secret,
    ...sessions.map(({ id_hash }) => id_hash),
    ...codes.map(({ code_hash }) => code_hash),
    ...cookies.filter((token) => token !== null).map((token) => Buffer.from(token, "base64url")),
    ...cookies.filter((token) => token !== null).map((token) => Buffer.from(token)),
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
