import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CoreContext } from "../../context.ts";
import {
  authenticatorCode,
  outcomesOf,
  queuedMail,
  registerAccount,
  registerByMail,
  secretOf,
  signInByPassword,
  testContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { type KnownStanding, readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { changePassword } from "./change-password.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const oldPassword = "marble torch over the river";
const newPassword = "granite lantern under a bridge";

function world() {
  const made = testContext({ db: database.db });
  return { ...made, ctx: withoutLimits(made.ctx) };
}

const change = (ctx: CoreContext, standing: KnownStanding, currentPassword: string | null = oldPassword) =>
  changePassword(ctx, standing, { currentPassword, newPassword }, testRequester);

const stateOf = async (ctx: CoreContext, token: string, audience: "shop" | "admin" | "scanner" = "shop") =>
  (await readAuthStanding(ctx, { token, audience })).standing.state;

it("changes the password, rotates this auth session's token and ends every other, in every app", async () => {
  const { ctx, clock } = world();
  const account = await registerAccount(ctx, "admin");
  const elsewhere = await signInByPassword(ctx, account, "shop");
  const inAnotherApp = await signInByPassword(ctx, account, "admin");
  const half = await signInByPassword(ctx, account, "shop");
  const verified = await verifyTotp(ctx, half.standing, { code: await authenticatorCode(ctx.clock()) }, testRequester);
  const here = await readAuthStanding(ctx, { token: verified.authSession.token, audience: "shop" });
  if (here.standing.state !== "signed_in") throw new Error(here.standing.state);

  clock.advance(60_000);
  const { authSession, standing } = await change(ctx, here.standing);
  expect(standing).toEqual({
    state: "signed_in",
    account: here.standing.account,
    factors: here.standing.factors,
    steppedUpUntil: here.standing.actor.steppedUpUntil,
  });
  expect(await stateOf(ctx, authSession.token)).toBe("signed_in");
  expect(await stateOf(ctx, verified.authSession.token)).toBe("signed_out");
  expect(await stateOf(ctx, elsewhere.token)).toBe("signed_out");
  expect(await stateOf(ctx, inAnotherApp.token, "admin")).toBe("signed_out");

  await expect(signInByPassword(ctx, account, "shop")).rejects.toThrow("wrong_credentials");
  await signInByPassword(ctx, { ...account, password: newPassword }, "shop");
  await expect(queuedMail(ctx, account.email, "password_changed")).resolves.toBeDefined();
  const written = database.ownerDb
    .selectFrom("audit_entry")
    .select("actor_id")
    .where("action", "=", "password.changed");
  expect(await written.where("subject_id", "=", account.id).execute()).toEqual([{ actor_id: account.id }]);
});

it("wants the current password, and counts wrong ones with those of signing in", async () => {
  const { ctx } = world();
  const account = await registerAccount(ctx, "visitor");
  const { standing, token } = await signInByPassword(ctx, account, "shop");
  const guessed: unknown[] = [];
  const attempts = {
    ...ctx.attempts,
    guess: <T>(kind: string, subject: object, attempt: () => Promise<T>) => (guessed.push([kind, subject]), attempt()),
  };
  await expect(change({ ...ctx, attempts }, standing, "not this one")).rejects.toThrow("wrong_credentials");
  await expect(change(ctx, standing, null)).rejects.toThrow("wrong_credentials");
  expect(guessed).toEqual([["password", { account: account.email, requester: testRequester }]]);
  expect(await stateOf(ctx, token)).toBe("verify");
  const written = database.ownerDb
    .selectFrom("audit_entry")
    .select("actor_id")
    .where("action", "=", "sign_in.wrong_password");
  const wrong = { actor_id: account.id };
  expect(await written.where("subject_id", "=", account.id).execute()).toEqual([wrong, wrong]);
  await signInByPassword(ctx, account, "shop");
});

it("refuses a weak password and keeps the old one", async () => {
  const { ctx } = world();
  const account = await registerAccount(ctx, "visitor");
  const { standing } = await signInByPassword(ctx, account, "shop");
  const weak = changePassword(
    ctx,
    standing,
    { currentPassword: oldPassword, newPassword: "password1234" },
    testRequester,
  );
  await expect(weak).rejects.toThrow("password_too_common");
  await signInByPassword(ctx, account, "shop");
});

it("asks for work when many passwords were refused, before the next one is looked at", async () => {
  const { ctx } = testContext({ db: database.db });
  const account = await registerAccount(ctx, "visitor");
  const { standing } = await signInByPassword(ctx, account, "shop");
  const weak = { currentPassword: oldPassword, newPassword: "password1234" };
  const tries = (count: number) =>
    outcomesOf(Array.from({ length: count }, () => changePassword(ctx, standing, weak, testRequester)));
  for (let round = 0; round < 5; round += 1) expect(await tries(2)).toEqual({ password_too_common: 2 });
  expect(await tries(2)).toEqual({ proof_of_work_required: 2 });
});

it("gives a first password to whoever has none, and says so to who claims one", async () => {
  const { ctx } = world();
  const email = "first-password@example.test";
  const { standing } = await registerByMail(ctx, { email, password: null });
  await expect(change(ctx, standing, oldPassword)).rejects.toThrow("password_missing");
  const changed = await change(ctx, standing, null);
  expect(changed.standing).toMatchObject({ state: "enrol", hasPassword: true });
  expect((await signInByPassword(ctx, { email, password: newPassword }, "shop")).standing.state).toBe("enrol");
});

it("changes it once when it is changed 20 times at once", async () => {
  const { ctx } = world();
  const account = await registerAccount(ctx, "visitor");
  const { standing } = await signInByPassword(ctx, account, "shop");
  const words = Array.from({ length: 20 }, (_, index) => `${newPassword} ${index}`);
  const results = await Promise.allSettled(
    words.map((word) =>
      changePassword(ctx, standing, { currentPassword: oldPassword, newPassword: word }, testRequester),
    ),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("kills the links that were mailed to reset it, and is beaten by one that was faster", async () => {
  const { ctx, clock } = world();
  const account = await registerAccount(ctx, "visitor");
  const link = async (): Promise<string> => {
    clock.advance(1);
    await requestPasswordReset(ctx, { email: account.email, locale: "fr", audience: "shop" }, testRequester);
    return secretOf((await queuedMail(ctx, account.email, "password_reset")).link);
  };
  const token = await link();
  const first = await signInByPassword(ctx, account, "shop");
  await change(ctx, first.standing);
  const reset = { token, password: "a third one behind the hill", audience: "shop" } as const;
  await expect(resetPassword(ctx, reset, testRequester)).rejects.toThrow("link_expired");

  const second = await signInByPassword(ctx, { ...account, password: newPassword }, "shop");
  const late = await link();
  const passwords = {
    ...ctx.passwords,
    hash: async (word: string) => {
      await resetPassword(ctx, { ...reset, token: late }, testRequester);
      return ctx.passwords.hash(word);
    },
  };
  await expect(change({ ...ctx, passwords }, second.standing, newPassword)).rejects.toThrow("conflict");
  await signInByPassword(ctx, { ...account, password: reset.password }, "shop");
});
