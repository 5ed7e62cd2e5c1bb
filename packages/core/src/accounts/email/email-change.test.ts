import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CoreContext } from "../../context.ts";
import { countedQueries } from "../../testing/counted-queries.ts";
import {
  authenticatorCode,
  queuedMail,
  queuedMails,
  registerAccount,
  secretOf,
  signInByPassword,
  testContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { readAuthStanding, type SignedIn } from "../auth-sessions/auth-sessions.ts";
import { announceReadyFactorResets } from "../factors/announce-factor-resets.ts";
import { requestFactorReset } from "../factors/request-factor-reset.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { requestPasswordReset } from "../passwords/request-password-reset.ts";
import { resetPassword } from "../passwords/reset-password.ts";
import { downloadAccountData } from "../personal-data/download-account-data.ts";
import { confirmEmailChange } from "./confirm-email-change.ts";
import { readPendingEmailChange } from "./read-pending-email-change.ts";
import { forgetExpiredEmailChanges, requestEmailChange } from "./request-email-change.ts";
import { withdrawEmailChange } from "./withdraw-email-change.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const nobody = { state: "signed_out" } as const;
const hour = 3_600_000;

function world() {
  const made = testContext({ db: database.db });
  return { ...made, ctx: withoutLimits(made.ctx) };
}

/** Somebody signed in with both factors, by a cookie. */
async function signedIn(ctx: CoreContext): Promise<{ token: string; standing: SignedIn }> {
  const account = await registerAccount(ctx, "visitor");
  const { standing: half } = await signInByPassword(ctx, account, "shop");
  const code = await authenticatorCode(ctx.clock());
  const { authSession } = await verifyTotp(ctx, half, { code }, testRequester);
  const { standing } = await readAuthStanding(ctx, { token: authSession.token, audience: "shop" });
  if (standing.state !== "signed_in") throw new Error(standing.state);
  return { token: authSession.token, standing };
}

const request = (ctx: CoreContext, standing: SignedIn, email: string) =>
  requestEmailChange(ctx, standing, { email }, testRequester);
const confirm = (ctx: CoreContext, token: string) => confirmEmailChange(ctx, { token }, nobody);

/** Asks, and gives what the two links carry. */
async function ask(ctx: CoreContext, standing: SignedIn, newEmail: string) {
  await request(ctx, standing, newEmail);
  const { link: oldLink } = await queuedMail(ctx, standing.account.email, "email_change_old");
  const { link: newLink } = await queuedMail(ctx, newEmail, "email_change_new");
  return { old: secretOf(oldLink), new: secretOf(newLink) };
}

const emailOf = async (accountId: string) =>
  (await database.ownerDb.selectFrom("account").select("email").where("id", "=", accountId).executeTakeFirstOrThrow())
    .email;

describe("changing the address", () => {
  it.each([
    ["the old address first", ["old", "new"], "a"],
    ["the new address first", ["new", "old"], "b"],
  ] as const)("takes both, %s", async (_, [first, second], name) => {
    const { ctx } = world();
    const { standing } = await signedIn(ctx);
    const { account } = standing;
    const newEmail = `moved-${name}@example.test`;
    const tokens = await ask(ctx, standing, newEmail);
    await expect(queuedMail(ctx, account.email, "email_change_old")).resolves.toMatchObject({ newEmail, hours: 24 });

    expect(await confirm(ctx, tokens[first])).toEqual({ changed: false });
    expect(await emailOf(account.id)).toBe(account.email);
    await expect(confirm(ctx, tokens[first])).rejects.toThrow("link_expired");
    expect(await confirm(ctx, tokens[second])).toEqual({ changed: true });
    expect(await emailOf(account.id)).toBe(newEmail);
    await expect(confirm(ctx, tokens[second])).rejects.toThrow("link_expired");

    for (const to of [account.email, newEmail]) {
      await expect(queuedMail(ctx, to, "email_changed")).resolves.toMatchObject({ newEmail });
    }
    const written = await database.ownerDb
      .selectFrom("audit_entry")
      .select(["action", "details"])
      .where("subject_id", "=", account.id)
      .where("action", "like", "email_change.%")
      .orderBy("action")
      .execute();
    expect(written.map(({ action }) => action)).toEqual([
      "email_change.completed",
      "email_change.confirmed",
      "email_change.confirmed",
      "email_change.requested",
    ]);
    expect(JSON.stringify(written)).not.toContain("example.test");
  });

  it("ends every other auth session, keeps the one that confirms, and kills links to reset the password", async () => {
    const { ctx } = world();
    const { token, standing } = await signedIn(ctx);
    const account = { email: standing.account.email, password: "marble torch over the river" };
    const other = await signInByPassword(ctx, account, "shop");
    await requestPasswordReset(ctx, { email: account.email, locale: "fr", audience: "shop" }, testRequester);
    const reset = secretOf((await queuedMail(ctx, account.email, "password_reset")).link);
    const tokens = await ask(ctx, standing, "kept@example.test");
    await confirmEmailChange(ctx, { token: tokens.old }, standing);
    await confirmEmailChange(ctx, { token: tokens.new }, standing);

    const stateOf = async (cookie: string) =>
      (await readAuthStanding(ctx, { token: cookie, audience: "shop" })).standing;
    expect(await stateOf(token)).toMatchObject({ state: "signed_in", account: { email: "kept@example.test" } });
    expect((await stateOf(other.token)).state).toBe("signed_out");
    const wish = { token: reset, password: "granite lantern under a bridge", audience: "shop" } as const;
    const resetting = resetPassword(ctx, wish, testRequester);
    await expect(resetting).rejects.toThrow("link_expired");
    await expect(signInByPassword(ctx, account, "shop")).rejects.toThrow("wrong_credentials");
    await signInByPassword(ctx, { ...account, email: "kept@example.test" }, "shop");
  });

  it("keeps no auth session of somebody else who opens the link", async () => {
    const { ctx } = world();
    const { token, standing } = await signedIn(ctx);
    const stranger = await signedIn(ctx);
    const tokens = await ask(ctx, standing, "by-stranger@example.test");
    for (const secret of [tokens.old, tokens.new]) await confirmEmailChange(ctx, { token: secret }, stranger.standing);
    const { standing: after } = await readAuthStanding(ctx, { token, audience: "shop" });
    expect(after.state).toBe("signed_out");
    const strangers = await readAuthStanding(ctx, { token: stranger.token, audience: "shop" });
    expect(strangers.standing.state).toBe("signed_in");
  });

  it("counts one of 20 confirmations at once, and one completion when both come at once", async () => {
    const { ctx } = world();
    const { standing } = await signedIn(ctx);
    const tokens = await ask(ctx, standing, "raced@example.test");
    const tries = Array.from({ length: 20 }, () => [confirm(ctx, tokens.old), confirm(ctx, tokens.new)]).flat();
    const results = await Promise.allSettled(tries);
    const answers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.changed] : []));
    expect(answers).toHaveLength(2);
    expect(answers.filter((changed) => changed)).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "link_expired" });
    }
    expect(await emailOf(standing.account.id)).toBe("raced@example.test");
  });

  it("has one open change: a new request ends the one before, also of 20 at once", async () => {
    const { ctx } = world();
    const { standing } = await signedIn(ctx);
    const first = await ask(ctx, standing, "first-wish@example.test");
    await Promise.all(Array.from({ length: 20 }, (_, index) => request(ctx, standing, `wish-${index}@example.test`)));
    for (const token of [first.old, first.new]) await expect(confirm(ctx, token)).rejects.toThrow("link_expired");
    const open = database.ownerDb.selectFrom("email_change").select("id");
    expect(await open.where("account_id", "=", standing.account.id).execute()).toHaveLength(1);
    const tokens = database.ownerDb
      .selectFrom("mail_token")
      .select("kind")
      .where("account_id", "=", standing.account.id);
    expect((await tokens.execute()).map(({ kind }) => kind).toSorted()).toEqual([
      "email_change_new",
      "email_change_old",
    ]);
  });

  it("ends when its owner withdraws it: the links die, once and for good", async () => {
    const { ctx } = world();
    const { standing, token } = await signedIn(ctx);
    const tokens = await ask(ctx, standing, "withdrawn@example.test");
    await confirm(ctx, tokens.old);
    await Promise.all(Array.from({ length: 20 }, () => withdrawEmailChange(ctx, standing.actor)));
    expect(await readPendingEmailChange(ctx, standing.actor)).toBeNull();
    await expect(confirm(ctx, tokens.new)).rejects.toThrow("link_expired");
    expect(await emailOf(standing.account.id)).toBe(standing.account.email);
    expect((await readAuthStanding(ctx, { token, audience: "shop" })).standing.state).toBe("signed_in");
    const written = database.ownerDb
      .selectFrom("audit_entry")
      .select("details")
      .where("actor_id", "=", standing.account.id);
    expect(await written.where("action", "=", "email_change.withdrawn").execute()).toEqual([
      { details: { by: "owner" } },
    ]);
  });

  it("is withdrawn by nobody else", async () => {
    const { ctx } = world();
    const [one, other] = [await signedIn(ctx), await signedIn(ctx)];
    const tokens = await ask(ctx, one.standing, "kept-open@example.test");
    await withdrawEmailChange(ctx, other.standing.actor);
    expect(await readPendingEmailChange(ctx, one.standing.actor)).not.toBeNull();
    expect(await confirm(ctx, tokens.old)).toEqual({ changed: false });
  });

  it("drops a reset of the factors that waits: its links went to the old address", async () => {
    const { ctx, clock } = world();
    const { standing } = await signedIn(ctx);
    const tokens = await ask(ctx, standing, "without-reset@example.test");
    const half = await signInByPassword(ctx, { ...standing.account, password: "marble torch over the river" }, "shop");
    await requestFactorReset(ctx, half.standing);
    await confirm(ctx, tokens.old);
    await confirm(ctx, tokens.new);
    clock.advance(73 * hour);
    await announceReadyFactorResets(ctx);
    for (const to of [standing.account.email, "without-reset@example.test"]) {
      await expect(queuedMail(ctx, to, "factor_reset_ready")).rejects.toThrow("no mail");
    }
    const left = database.ownerDb.selectFrom("factor_reset").select("id").where("account_id", "=", standing.account.id);
    expect(await left.execute()).toEqual([]);
  });

  it("is open for 24 hours, and then forgotten with the address", async () => {
    const { ctx, clock } = world();
    const { standing } = await signedIn(ctx);
    const tokens = await ask(ctx, standing, "late@example.test");
    clock.advance(24 * hour - 1);
    await confirm(ctx, tokens.old);
    clock.advance(1);
    await expect(confirm(ctx, tokens.new)).rejects.toThrow("link_expired");
    await forgetExpiredEmailChanges(ctx);
    const left = database.ownerDb.selectFrom("email_change").select("id").where("new_email", "=", "late@example.test");
    expect(await left.execute()).toEqual([]);
  });

  it("ends with the account being disabled", async () => {
    const { ctx } = world();
    const { standing } = await signedIn(ctx);
    const tokens = await ask(ctx, standing, "disabled@example.test");
    const { id } = standing.account;
    await ctx.db.updateTable("account").set({ disabled_at: ctx.clock() }).where("id", "=", id).execute();
    await expect(confirm(ctx, tokens.old)).rejects.toThrow("link_expired");
  });
});

describe("an address that has an account", () => {
  it("is told so itself; whoever asks sees the same answer after the same work, and the change never comes", async () => {
    const { ctx } = world();
    const { standing } = await signedIn(ctx);
    const taken = await registerAccount(ctx, "visitor");
    const work = [];
    for (const email of ["free@example.test", taken.email]) {
      const counted = countedQueries(ctx);
      await expect(request(counted.ctx, standing, email)).resolves.toBeUndefined();
      work.push({ kinds: counted.kinds, mails: (await queuedMails(ctx, email)).length });
    }
    expect(work[0]).toEqual(work[1]);
    // Nor do one's own data tell: the mails to others are not in them.
    const { mails } = await downloadAccountData(ctx, standing);
    expect(mails).toMatchObject([{ template: "email_change_old" }, { template: "email_change_old" }]);
    await expect(queuedMail(ctx, taken.email, "email_change_taken")).resolves.toMatchObject({
      signInLink: "https://tickets.test/account",
    });
    await expect(queuedMail(ctx, taken.email, "email_change_new")).rejects.toThrow("no mail");
    const own = await queuedMails(ctx, standing.account.email);
    const links = own.flatMap(({ content }) => (content.template === "email_change_old" ? [content] : []));
    const old = links.find(({ newEmail }) => newEmail === taken.email);
    expect(await confirm(ctx, secretOf(old?.link ?? ""))).toEqual({ changed: false });
    expect(await emailOf(standing.account.id)).toBe(standing.account.email);
  });

  it("that was registered between asking and the last yes is refused, and everything stays", async () => {
    const { ctx } = world();
    const { token, standing } = await signedIn(ctx);
    const rival = await registerAccount(ctx, "visitor");
    const tokens = await ask(ctx, standing, "contested@example.test");
    await confirm(ctx, tokens.old);
    await database.ownerDb
      .updateTable("account")
      .set({ email: "contested@example.test" })
      .where("id", "=", rival.id)
      .execute();
    await expect(confirm(ctx, tokens.new)).rejects.toThrow("email_taken");
    expect(await emailOf(standing.account.id)).toBe(standing.account.email);
    expect((await readAuthStanding(ctx, { token, audience: "shop" })).standing.state).toBe("signed_in");
    expect((await queuedMails(ctx, "contested@example.test")).map(({ content }) => content.template)).toEqual([
      "email_change_new",
    ]);
  });

  it("that is one's own is no change", async () => {
    const { ctx } = world();
    const { standing } = await signedIn(ctx);
    await expect(request(ctx, standing, standing.account.email)).rejects.toThrow("email_taken");
  });
});
