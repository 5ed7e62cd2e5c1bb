import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CoreContext } from "../../context.ts";
import { countedQueries } from "../../testing/counted-queries.ts";
import {
  outcomesOf,
  queuedMail,
  queuedMails,
  registerAccount,
  secretOf,
  testContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { accountKeyPlace } from "../account.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { totpSecretPlace } from "../factors/totp.ts";
import { beginRegistration, checkRegistrationCode, forgetExpiredRegistrations } from "./begin-registration.ts";
import { register } from "./register.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const nobody = { state: "signed_out" } as const;
const password = "marble torch over the river";
const minute = 60_000;

/** These races and tries are about what the database holds, whatever the limits would have stopped before. */
function world() {
  const made = testContext({ db: database.db });
  return { ...made, ctx: withoutLimits(made.ctx) };
}

/** A registration as its owner sees it: with the code of the mail. */
async function begin(ctx: CoreContext, email: string) {
  const { registrationId } = await beginRegistration(ctx, { email, locale: "fr" }, testRequester);
  const codes = (await queuedMails(ctx, email)).flatMap(({ content }) =>
    content.template === "registration_code" && content.link.includes(registrationId) ? [content.code] : [],
  );
  return { registrationId, code: codes[0] ?? "", password, displayName: "Alex", locale: "en" } as const;
}

const otherCode = (code: string): string => (code === "000000" ? "000001" : "000000");
const check = (ctx: CoreContext, input: { registrationId: string; code: string }) =>
  checkRegistrationCode(ctx, input, testRequester);
type Begun = Omit<Awaited<ReturnType<typeof begin>>, "password">;
const finish = (ctx: CoreContext, input: Begun & { password: string | null }) =>
  register(ctx, input, testRequester, nobody);

const accountsOf = (email: string) =>
  database.ownerDb
    .selectFrom("account")
    .select(["id", "sealed_account_key", "password_hash", "role"])
    .where("email", "=", email)
    .execute();

describe("beginning", () => {
  it("mails a code and a link that carries it", async () => {
    const { ctx } = world();
    const { registrationId, code } = await begin(ctx, "new@example.test");
    const { link, minutes } = await queuedMail(ctx, "new@example.test", "registration_code");
    expect(code).toMatch(/^\d{6}$/);
    expect(secretOf(link)).toBe(`${registrationId}.${code}`);
    expect(minutes).toBe(30);
    await check(ctx, { registrationId, code });
  });

  it("answers and works the same for an address that has an account, and tells only its owner", async () => {
    const { ctx } = world();
    const { email: known } = await registerAccount(ctx, "visitor");
    const answers = await Promise.all(
      [known, "unknown@example.test"].map(async (email) => {
        const counted = countedQueries(ctx);
        const answer = await beginRegistration(counted.ctx, { email, locale: "en" }, testRequester);
        return { keys: Object.keys(answer), kinds: counted.kinds, mails: (await queuedMails(ctx, email)).length };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.mails).toBe(1);
    await expect(queuedMail(ctx, known, "registration_known")).resolves.toBeDefined();
    await expect(queuedMail(ctx, "unknown@example.test", "registration_code")).resolves.toBeDefined();
  });

  it("has no right code for an address that has an account: the tries end as for any other", async () => {
    const { ctx } = world();
    const { email } = await registerAccount(ctx, "visitor");
    const { registrationId } = await beginRegistration(ctx, { email, locale: "fr" }, testRequester);
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(check(ctx, { registrationId, code: "123456" })).rejects.toThrow("wrong_code");
    }
    await expect(check(ctx, { registrationId, code: "123456" })).rejects.toThrow("registration_expired");
  });
});

it("takes no code for an address that has an account, also not the one that was drawn", async () => {
  const { ctx } = world();
  const { email } = await registerAccount(ctx, "visitor");
  const drawn = { ...ctx, random: (size: number) => (size === 4 ? Buffer.from([0, 1, 0xe2, 0x40]) : ctx.random(size)) };
  const fresh = await begin(drawn, "drawn@example.test");
  expect(fresh.code).toBe("123456");
  const { registrationId } = await beginRegistration(drawn, { email, locale: "fr" }, testRequester);
  await expect(check(ctx, { ...fresh, registrationId })).rejects.toThrow("wrong_code");
  await expect(finish(ctx, { ...fresh, registrationId })).rejects.toThrow("wrong_code");
});

describe("the code", () => {
  it("is good for 30 minutes, and then forgotten with the address", async () => {
    const { ctx, clock } = world();
    const registration = await begin(ctx, "slow@example.test");
    const rows = () =>
      database.ownerDb.selectFrom("registration").select("id").where("email", "=", "slow@example.test").execute();
    clock.advance(30 * minute - 1);
    await forgetExpiredRegistrations(ctx);
    await check(ctx, registration);
    clock.advance(1);
    await expect(check(ctx, registration)).rejects.toThrow("registration_expired");
    await expect(finish(ctx, registration)).rejects.toThrow("registration_expired");
    expect(await rows()).toHaveLength(1);
    await forgetExpiredRegistrations(ctx);
    expect(await rows()).toEqual([]);
  });

  it("ends after five wrong ones, also if the next is right", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "clumsy@example.test");
    const wrong = { ...registration, code: otherCode(registration.code) };
    for (let tries = 0; tries < 4; tries += 1) await expect(check(ctx, wrong)).rejects.toThrow("wrong_code");
    // A right one in between counts for nothing.
    await check(ctx, registration);
    await expect(check(ctx, wrong)).rejects.toThrow("wrong_code");
    await expect(check(ctx, registration)).rejects.toThrow("registration_expired");
    await expect(finish(ctx, registration)).rejects.toThrow("registration_expired");
  });

  it("is looked at five times when 20 wrong ones come at once", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "guessed@example.test");
    const wrong = { ...registration, code: otherCode(registration.code) };
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => check(ctx, wrong)));
    const codes = results.map((result) => (result.status === "rejected" ? (result.reason as Error).message : "right"));
    expect(codes.filter((code) => code === "wrong_code")).toHaveLength(5);
    expect(codes.filter((code) => code === "registration_expired")).toHaveLength(15);
    await expect(check(ctx, registration)).rejects.toThrow("registration_expired");
  });

  it("is the registration's own: another's is wrong", async () => {
    const { ctx } = world();
    const [one, other] = [await begin(ctx, "one-code@example.test"), await begin(ctx, "other-code@example.test")];
    if (one.code === other.code) return;
    await expect(check(ctx, { ...one, code: other.code })).rejects.toThrow("wrong_code");
  });
});

describe("finishing", () => {
  it("makes one account when one registration is finished 20 times at once", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "twice@example.test");
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => finish(ctx, registration)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "fulfilled") continue;
      expect(["registration_expired", "email_taken"]).toContain((result.reason as Error).message);
    }
    const [account, ...others] = await accountsOf("twice@example.test");
    expect(others).toEqual([]);
    const sessions = database.ownerDb.selectFrom("auth_session").select("audience");
    expect(await sessions.where("account_id", "=", account?.id ?? "").execute()).toEqual([{ audience: "shop" }]);
  });

  it("is done by one of 20 who all had the right code and a hash before anybody was through", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "all-ready@example.test");
    const open = Promise.withResolvers<void>();
    let ready = 0;
    const hash = async (): Promise<string> => {
      ready += 1;
      await open.promise;
      return "hash";
    };
    const waiting = { ...ctx, passwords: { ...ctx.passwords, hash } };
    const tries: Promise<unknown>[] = [];
    for (let count = 1; count <= 20; count += 1) {
      tries.push(finish(waiting, registration));
      await vi.waitFor(() => expect(ready).toBe(count));
    }
    open.resolve();
    expect(await outcomesOf(tries)).toEqual({ ok: 1, registration_expired: 19 });
  });

  it("says that the address is taken only to whoever has proven that it is theirs", async () => {
    const { ctx } = world();
    const email = "raced@example.test";
    const [first, second] = [await begin(ctx, email), await begin(ctx, email)];
    await finish(ctx, first);
    const wrong = { ...second, code: otherCode(second.code) };
    await expect(finish(ctx, wrong)).rejects.toThrow("wrong_code");
    await expect(check(ctx, second)).rejects.toThrow("email_taken");
    await expect(finish(ctx, second)).rejects.toThrow("email_taken");
    expect(await accountsOf(email)).toHaveLength(1);
  });

  it("makes one account when two registrations of one address end at once", async () => {
    const { ctx } = world();
    const email = "two-tabs@example.test";
    const registrations = [await begin(ctx, email), await begin(ctx, email)];
    const results = await Promise.allSettled(registrations.map((registration) => finish(ctx, registration)));
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
    expect(refusals.map(({ message }) => message)).toEqual(["email_taken"]);
    expect(await accountsOf(email)).toHaveLength(1);
  });

  it("makes accounts without a password for those who come with a passkey", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "passkey@example.test");
    const { authSession, standing } = await finish(ctx, { ...registration, password: null });
    expect(standing).toMatchObject({ state: "enrol", hasPassword: false, account: { role: "visitor", locale: "en" } });
    expect(await accountsOf("passkey@example.test")).toMatchObject([{ password_hash: null }]);
    const known = await readAuthStanding(ctx, { token: authSession.token, audience: "shop" });
    expect(known.standing).toMatchObject({ state: "enrol", hasPassword: false });
  });

  it("refuses weak passwords, and lets the same code try a better one", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "weak@example.test");
    const weak = { ...registration, password: "password1234" as string };
    await expect(register(ctx, weak, testRequester, nobody)).rejects.toThrow("password_too_common");
    expect(await accountsOf("weak@example.test")).toEqual([]);
    await finish(ctx, registration);
    expect(await accountsOf("weak@example.test")).toHaveLength(1);
  });

  it("counts against the limits on making accounts, and stops there", async () => {
    const { ctx } = world();
    const registration = await begin(ctx, "counted@example.test");
    const spent: unknown[] = [];
    const attempts = {
      ...ctx.attempts,
      spend: async (...spending: unknown[]) => {
        spent.push(spending);
        throw new Error("enough");
      },
    };
    await expect(finish({ ...ctx, attempts }, registration)).rejects.toThrow("enough");
    expect(spent).toEqual([["registration", { account: registration.registrationId, requester: testRequester }]]);
    expect(await accountsOf("counted@example.test")).toEqual([]);
  });

  it("ends the auth session that the cookie held before, and writes down who came", async () => {
    const { ctx } = world();
    const first = await finish(ctx, await begin(ctx, "before@example.test"));
    const { standing } = await readAuthStanding(ctx, { token: first.authSession.token, audience: "shop" });
    const next = await register(ctx, await begin(ctx, "after@example.test"), testRequester, standing);
    const before = await readAuthStanding(ctx, { token: first.authSession.token, audience: "shop" });
    expect(before.standing.state).toBe("signed_out");
    const accountId = "account" in next.standing ? next.standing.account.id : "";
    const written = database.ownerDb.selectFrom("audit_entry").select(["action", "actor_id"]);
    expect(await written.where("subject_id", "=", accountId).execute()).toEqual([
      { action: "account.registered", actor_id: accountId },
    ]);
  });

  it("gives each account a key of its own that opens in its own row only", async () => {
    const { ctx } = world();
    for (const email of ["one@example.test", "other@example.test"]) await finish(ctx, await begin(ctx, email));
    const [[one], [other]] = [await accountsOf("one@example.test"), await accountsOf("other@example.test")];
    if (!one || !other) throw new Error("not registered");
    const key = ctx.keyring.open("account", one.sealed_account_key, accountKeyPlace(one.id));
    expect(key).toHaveLength(32);
    expect(ctx.keyring.open("account", other.sealed_account_key, accountKeyPlace(other.id))).not.toEqual(key);
    expect(() => ctx.keyring.open("account", one.sealed_account_key, accountKeyPlace(other.id))).toThrow(
      "not_authentic",
    );
    expect(() => ctx.keyring.open("totp", one.sealed_account_key, totpSecretPlace(one.id))).toThrow("unknown_kek");
  });
});
