import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  authenticatorCode,
  registerAccount,
  signInByPassword,
  testContext,
  testTotpSecret,
} from "../../testing/index.ts";
import { accountKeyPlace } from "../account.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { decodeTotpSecret, totpSecretPlace } from "../factors/totp.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { signIn } from "../sign-in.ts";
import { createStaffAccount } from "../staff/create-staff-account.ts";
import { register } from "./register.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const nobody = { state: "signed_out" } as const;
const password = "marble torch over the river";
const input = (email: string) => ({ email, password, displayName: "Alex", locale: "en", audience: "shop" }) as const;

const accountsOf = (email: string) =>
  database.ownerDb.selectFrom("account").select(["id", "sealed_account_key"]).where("email", "=", email).execute();

it("makes one account when one address registers 20 times at once", async () => {
  const { ctx } = testContext({ db: database.db });
  const tries = Array.from({ length: 20 }, () => register(ctx, input("twice@example.test"), nobody));
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "email_taken" });
  }
  const [account, ...others] = await accountsOf("twice@example.test");
  expect(others).toEqual([]);
  const sessions = database.ownerDb.selectFrom("auth_session").select("audience");
  expect(await sessions.where("account_id", "=", account?.id ?? "").execute()).toEqual([{ audience: "shop" }]);
});

it("gives each account a key of its own that opens in its own row only", async () => {
  const { ctx } = testContext({ db: database.db });
  await register(ctx, input("one@example.test"), nobody);
  await register(ctx, input("other@example.test"), nobody);
  const [[one], [other]] = [await accountsOf("one@example.test"), await accountsOf("other@example.test")];
  if (!one || !other) throw new Error("not registered");
  const key = ctx.keyring.open("account", one.sealed_account_key, accountKeyPlace(one.id));
  expect(key).toHaveLength(32);
  expect(ctx.keyring.open("account", other.sealed_account_key, accountKeyPlace(other.id))).not.toEqual(key);
  expect(() => ctx.keyring.open("account", one.sealed_account_key, accountKeyPlace(other.id))).toThrow("not_authentic");
  expect(() => ctx.keyring.open("totp", one.sealed_account_key, totpSecretPlace(one.id))).toThrow("unknown_kek");
});

it("refuses weak passwords, and the apps of staff and admins", async () => {
  const { ctx } = testContext({ db: database.db });
  const weak = { ...input("weak@example.test"), password: "password1234" };
  await expect(register(ctx, weak, nobody)).rejects.toThrow("password_too_common");
  for (const audience of ["admin", "scanner"] as const) {
    const elsewhere = register(ctx, { ...input("weak@example.test"), audience }, nobody);
    await expect(elsewhere).rejects.toThrow("forbidden");
  }
  expect(await accountsOf("weak@example.test")).toEqual([]);
});

it("ends the auth session that the cookie held before", async () => {
  const { ctx } = testContext({ db: database.db });
  const account = await registerAccount(ctx, "visitor");
  const stateOf = async (token: string) => (await readAuthStanding(ctx, { token, audience: "shop" })).standing.state;
  const first = await signInByPassword(ctx, account, "shop");
  const second = await signIn(ctx, { ...account, audience: "shop" }, first.standing);
  expect(await stateOf(first.token)).toBe("signed_out");
  const { standing } = await readAuthStanding(ctx, { token: second.authSession.token, audience: "shop" });
  await register(ctx, input("another@example.test"), standing);
  expect(await stateOf(second.authSession.token)).toBe("signed_out");
});

it("gives the same answer for a wrong password and for an unknown address, and says what is forbidden only after the right one", async () => {
  const { ctx } = testContext({ db: database.db });
  const { email } = await registerAccount(ctx, "visitor");
  const attempt = (who: string, word: string) => signIn(ctx, { email: who, password: word, audience: "admin" }, nobody);
  await expect(attempt("nobody@example.test", password)).rejects.toMatchObject({
    code: "wrong_credentials",
    details: {},
  });
  await expect(attempt(email, "another password")).rejects.toMatchObject({ code: "wrong_credentials", details: {} });
  await expect(attempt(email, password)).rejects.toMatchObject({ code: "forbidden" });
});

it("does the work of a password check for an unknown address too", async () => {
  const { ctx } = testContext({ db: database.db });
  const checked: (string | undefined)[] = [];
  const passwords = { ...ctx.passwords, verify: async (hash: string | undefined) => (checked.push(hash), false) };
  const attempt = signIn({ ...ctx, passwords }, { email: "nobody@example.test", password, audience: "shop" }, nobody);
  await expect(attempt).rejects.toThrow("wrong_credentials");
  expect(checked).toEqual([undefined]);
});

it("stops guessing after ten wrong passwords for one address, known or not", async () => {
  const { ctx } = testContext({ db: database.db });
  const { email } = await registerAccount(ctx, "visitor");
  for (const who of [email, "unknown@example.test"]) {
    const attempt = (word: string) => signIn(ctx, { email: who, password: word, audience: "shop" }, nobody);
    for (let count = 0; count < 10; count += 1) await expect(attempt("wrong")).rejects.toThrow("wrong_credentials");
    await expect(attempt(password)).rejects.toThrow("too_many_requests");
  }
});

it("creates a staff account once, with its second factor, however many start at once", async () => {
  const { ctx } = testContext({ db: database.db });
  const staff = {
    email: " Gate@Example.test ",
    password,
    displayName: "Gate",
    locale: "fr",
    role: "staff",
    totpSecret: testTotpSecret,
  } as const;
  const made = await Promise.all(Array.from({ length: 5 }, () => createStaffAccount(ctx, staff)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(made[0]).toMatchObject({ email: "gate@example.test", role: "staff" });
  expect(await createStaffAccount(ctx, { ...staff, role: "admin" })).toEqual(made[0]);

  const { standing } = await signInByPassword(ctx, { email: "gate@example.test", password }, "scanner");
  expect(standing.state).toBe("verify");
  const signedIn = await verifyTotp(ctx, standing, { code: await authenticatorCode(ctx.clock()) });
  expect(signedIn.standing.state).toBe("signed_in");
  const factors = await database.ownerDb
    .selectFrom("totp_factor")
    .select("sealed_secret")
    .where("account_id", "=", standing.account.id)
    .execute();
  expect(factors).toHaveLength(1);
  expect(factors[0]?.sealed_secret.includes(Buffer.from(decodeTotpSecret(testTotpSecret)))).toBe(false);
});

it("lets staff without a second factor enrol one at the first sign-in", async () => {
  const { ctx } = testContext({ db: database.db });
  const account = {
    email: "new-admin@example.test",
    password,
    displayName: "Sam",
    locale: "en",
    role: "admin",
  } as const;
  await createStaffAccount(ctx, account);
  expect((await signInByPassword(ctx, account, "admin")).standing.state).toBe("enrol");
});
