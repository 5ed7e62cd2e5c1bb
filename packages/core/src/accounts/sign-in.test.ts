import type { Audience, Role } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { CoreContext } from "../context.ts";
import { countedQueries } from "../testing/counted-queries.ts";
import {
  outcomesOf,
  queuedMail,
  registerAccount,
  secretOf,
  signInByPassword,
  testContext,
  testRequester,
  waitingForLocks,
  withoutLimits,
} from "../testing/index.ts";
import { lockLiveAccount, updatePasswordHash } from "./accounts.queries.ts";
import { deleteAuthSessionsOf } from "./auth-sessions/auth-sessions.queries.ts";
import { readAuthStanding } from "./auth-sessions/auth-sessions.ts";
import { changePassword } from "./passwords/change-password.ts";
import { requestPasswordReset } from "./passwords/request-password-reset.ts";
import { resetPassword } from "./passwords/reset-password.ts";
import { signIn } from "./sign-in.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const nobody = { state: "signed_out" } as const;
const password = "marble torch over the river";

function world() {
  const made = testContext({ db: database.db });
  return { ...made, ctx: withoutLimits(made.ctx) };
}

const attempt = (ctx: CoreContext, email: string, word: string, audience: Audience = "shop") =>
  signIn(ctx, { email, password: word, audience }, testRequester, nobody);

const auditOf = (accountId: string) =>
  database.ownerDb
    .selectFrom("audit_entry")
    .select(["action", "details"])
    .where("subject_id", "=", accountId)
    .orderBy("action")
    .execute();

it("ends the auth session that the cookie held before", async () => {
  const { ctx } = world();
  const account = await registerAccount(ctx, "visitor");
  const first = await signInByPassword(ctx, account, "shop");
  await signIn(ctx, { ...account, audience: "shop" }, testRequester, first.standing);
  const { standing } = await readAuthStanding(ctx, { token: first.token, audience: "shop" });
  expect(standing.state).toBe("signed_out");
});

it("waits for a password that is being reset before it touches an auth session, and is refused", async () => {
  const { ctx } = world();
  const account = await registerAccount(ctx, "visitor");
  const { standing } = await signInByPassword(ctx, account, "shop");
  // As a reset does it: the account is locked, and then every auth session ends.
  const { signingIn } = await ctx.db.transaction().execute(async (trx) => {
    await lockLiveAccount(trx, account.id);
    const begun = signIn(ctx, { ...account, audience: "shop" }, testRequester, standing);
    const settled = Promise.allSettled([begun]);
    await vi.waitFor(async () => expect(await waitingForLocks(ctx.db)).toBe(1));
    await updatePasswordHash(trx, { accountId: account.id, passwordHash: "another" });
    await deleteAuthSessionsOf(trx, account.id);
    return { signingIn: settled };
  });
  expect(await signingIn).toMatchObject([{ status: "rejected", reason: { code: "conflict" } }]);
});

it("never waits in a circle with resets of the password", async () => {
  const { ctx, clock } = world();
  const account = await registerAccount(ctx, "visitor");
  const { email } = account;
  for (let round = 0; round < 30; round += 1) {
    // The newest mail is told by its time.
    clock.advance(1);
    const { standing } = await signInByPassword(ctx, account, "shop");
    await requestPasswordReset(ctx, { email, locale: "fr", audience: "shop" }, testRequester);
    const token = secretOf((await queuedMail(ctx, email, "password_reset")).link);
    const [reset, ...signIns] = await Promise.allSettled([
      resetPassword(ctx, { token, password, audience: "shop" }, testRequester),
      ...Array.from({ length: 4 }, () => signIn(ctx, { ...account, audience: "shop" }, testRequester, standing)),
    ]);
    expect(reset).toMatchObject({ status: "fulfilled" });
    for (const one of signIns) {
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    }
  }
}, 30_000);

it("gives the same answer, by the same work, for a wrong password and for an unknown address", async () => {
  const { ctx } = world();
  const { email, id } = await registerAccount(ctx, "visitor");
  const work = [];
  for (const who of [email, "nobody@example.test"]) {
    const hashed: (string | undefined)[] = [];
    const passwords = { ...ctx.passwords, verify: async (hash: string | undefined) => (hashed.push(hash), false) };
    const counted = countedQueries({ ...ctx, passwords });
    const refused = attempt(counted.ctx, who, "another password");
    await expect(refused).rejects.toMatchObject({ code: "wrong_credentials", details: {} });
    work.push({ kinds: counted.kinds, hashes: hashed.length });
  }
  expect(work[0]).toEqual(work[1]);
  expect(work[0]?.hashes).toBe(1);
  expect(await auditOf(id)).toEqual([{ action: "sign_in.wrong_password", details: {} }]);
});

it.each<[Role, Audience, "ok" | "forbidden"]>([
  ["staff", "scanner", "ok"],
  ["staff", "admin", "forbidden"],
  ["supervisor", "scanner", "ok"],
  ["supervisor", "admin", "ok"],
  ["admin", "admin", "ok"],
  ["visitor", "scanner", "forbidden"],
])("lets %s into the %s app: %s", async (role, audience, outcome) => {
  const { ctx } = world();
  const { email } = await registerAccount(ctx, role);
  expect(await outcomesOf([attempt(ctx, email, password, audience)])).toEqual({ [outcome]: 1 });
});

it("says what is forbidden, or that an account is disabled, only after the right password", async () => {
  const { ctx } = world();
  const visitor = await registerAccount(ctx, "visitor");
  await expect(attempt(ctx, visitor.email, "another password", "admin")).rejects.toThrow("wrong_credentials");
  await expect(attempt(ctx, visitor.email, password, "admin")).rejects.toThrow("forbidden");

  const staff = await registerAccount(ctx, "staff");
  await ctx.db.updateTable("account").set({ disabled_at: ctx.clock() }).where("id", "=", staff.id).execute();
  await expect(attempt(ctx, staff.email, "another password", "scanner")).rejects.toThrow("wrong_credentials");
  await expect(attempt(ctx, staff.email, password, "scanner")).rejects.toThrow("account_disabled");
  expect(await auditOf(staff.id)).toEqual([
    { action: "sign_in.refused", details: { code: "account_disabled", audience: "scanner" } },
    { action: "sign_in.wrong_password", details: {} },
  ]);
  const sessions = database.ownerDb.selectFrom("auth_session").select("id").where("account_id", "=", staff.id);
  expect(await sessions.execute()).toEqual([]);
});

it("signs nobody in without a password by any password", async () => {
  const { ctx } = world();
  const { id, email } = await registerAccount(ctx, "visitor");
  await ctx.db.updateTable("account").set({ password_hash: null }).where("id", "=", id).execute();
  for (const word of [password, "", "null"]) {
    await expect(attempt(ctx, email, word)).rejects.toThrow("wrong_credentials");
  }
});

it("stops guessing at one address after a few wrong passwords, known or not", async () => {
  const { ctx } = testContext({ db: database.db });
  const { email } = await registerAccount(ctx, "visitor");
  for (const who of [email, "unknown@example.test"]) {
    const answers: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      await attempt(ctx, who, "wrong").catch((error: Error) => answers.push(error.message));
    }
    expect(answers[0]).toBe("wrong_credentials");
    expect(answers.at(-1)).toBe("too_many_requests");
    await expect(attempt(ctx, who, password)).rejects.toThrow("too_many_requests");
  }
});

it("starts no auth session by a password that is changed while it is checked", async () => {
  const { ctx } = world();
  const account = await registerAccount(ctx, "visitor");
  const { standing } = await signInByPassword(ctx, account, "shop");
  const slow = {
    ...ctx.passwords,
    async verify(hash: string | undefined, word: string) {
      const right = await ctx.passwords.verify(hash, word);
      const wish = { currentPassword: password, newPassword: "granite lantern under a bridge" };
      await changePassword(ctx, standing, wish, testRequester);
      return right;
    },
  };
  await expect(attempt({ ...ctx, passwords: slow }, account.email, password)).rejects.toThrow("conflict");
  const sessions = database.ownerDb.selectFrom("auth_session").select("id").where("account_id", "=", account.id);
  expect(await sessions.execute()).toHaveLength(1);
});

/** Whose passwords are checked at the same time, and who go on together. */
function together(ctx: CoreContext, count: number): CoreContext {
  const checked = Promise.withResolvers<void>();
  let waiting = 0;
  const verify: CoreContext["passwords"]["verify"] = async (...asked) => {
    const right = await ctx.passwords.verify(...asked);
    waiting += 1;
    if (waiting === count) checked.resolve();
    await checked.promise;
    return right;
  };
  return { ...ctx, passwords: { ...ctx.passwords, verify } };
}

it("refuses of a crowd only whose password is being changed at this moment", async () => {
  const { ctx } = world();
  const accounts = await Promise.all(Array.from({ length: 4 }, () => registerAccount(ctx, "visitor")));
  const crowd = together(ctx, accounts.length);
  const changing = accounts[1]?.id ?? "";
  const { signIns } = await ctx.db.transaction().execute(async (trx) => {
    await lockLiveAccount(trx, changing);
    const begun = Promise.allSettled(accounts.map(({ email }) => attempt(crowd, email, password)));
    // They are one statement.
    await vi.waitFor(async () => expect(await waitingForLocks(ctx.db)).toBe(1));
    await updatePasswordHash(trx, { accountId: changing, passwordHash: "another" });
    return { signIns: begun };
  });
  const [first, changed, ...others] = await signIns;
  expect(changed).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
  for (const [index, one] of [first, ...others].entries()) {
    const id = accounts.filter((account) => account.id !== changing)[index]?.id;
    expect(one).toMatchObject({ status: "fulfilled", value: { standing: { account: { id } } } });
    const token = one?.status === "fulfilled" ? one.value.authSession.token : null;
    const { standing } = await readAuthStanding(ctx, { token, audience: "shop" });
    expect(standing).toMatchObject({ account: { id } });
  }
});

it("signs a crowd in although one of them sends what cannot be kept", async () => {
  const { ctx } = world();
  const accounts = await Promise.all(Array.from({ length: 3 }, () => registerAccount(ctx, "visitor")));
  const crowd = together(ctx, accounts.length);
  const results = await Promise.allSettled(
    accounts.map(({ email }, index) => {
      const requester = { ...testRequester, userAgent: index === 1 ? "\u0000" : "a browser" };
      return signIn(crowd, { email, password, audience: "shop" }, requester, nobody);
    }),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
