import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CoreContext } from "../../context.ts";
import { countedQueries } from "../../testing/counted-queries.ts";
import {
  authenticatorCode,
  queuedMail,
  queuedMails,
  registerAccount,
  registerByMail,
  secretOf,
  signedInBy,
  signInByPassword,
  testContext,
  testRequester,
  withoutLimits,
} from "../../testing/index.ts";
import { waitingForLocks } from "../../testing/locks.queries.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { confirmEmailChange } from "../email/confirm-email-change.ts";
import { readPendingEmailChange } from "../email/read-pending-email-change.ts";
import { requestEmailChange } from "../email/request-email-change.ts";
import { verifyTotp } from "../factors/verify-totp.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const password = "granite lantern under a bridge";

function world() {
  const made = testContext({ db: database.db });
  return { ...made, ctx: withoutLimits(made.ctx) };
}

const request = (ctx: CoreContext, email: string, audience: "shop" | "admin" | "scanner" = "shop") =>
  requestPasswordReset(ctx, { email, locale: "en", audience }, testRequester);

async function linkFor(ctx: CoreContext, email: string): Promise<string> {
  await request(ctx, email);
  return secretOf((await queuedMail(ctx, email, "password_reset")).link);
}

const reset = (ctx: CoreContext, token: string, word = password) =>
  resetPassword(ctx, { token, password: word, audience: "shop" }, testRequester);

const auditOf = async (accountId: string) =>
  (
    await database.ownerDb
      .selectFrom("audit_entry")
      .select("action")
      .where("subject_id", "=", accountId)
      .orderBy("action")
      .execute()
  ).map(({ action }) => action);

describe("asking for a link", () => {
  it("works the same whether the address has an account or not, and says it in the mail only", async () => {
    const { ctx } = world();
    const { email: known } = await registerAccount(ctx, "visitor");
    const work = [];
    for (const email of [known, "stranger@example.test"]) {
      const counted = countedQueries(ctx);
      await expect(request(counted.ctx, email)).resolves.toBeUndefined();
      work.push({ kinds: counted.kinds, mails: (await queuedMails(ctx, email)).length });
    }
    expect(work[0]).toEqual(work[1]);
    expect(work[0]?.mails).toBe(1);
    await expect(queuedMail(ctx, known, "password_reset")).resolves.toMatchObject({ minutes: 30 });
    const { registerLink } = await queuedMail(ctx, "stranger@example.test", "password_reset_unknown");
    expect(registerLink).toBe("https://tickets.test/register");
  });

  it.each([
    ["visitor", "shop", "https://tickets.test/link/password_reset#"],
    ["visitor", "admin", "https://tickets.test/link/password_reset#"],
    ["admin", "admin", "https://admin.tickets.test/link/password_reset#"],
    ["staff", "scanner", "https://gate.tickets.test/link/password_reset#"],
    ["staff", "admin", "https://tickets.test/link/password_reset#"],
  ] as const)("leads a %s who asks in the %s to an app that lets them in", async (role, audience, start) => {
    const { ctx } = world();
    const { email } = await registerAccount(ctx, role);
    await request(ctx, email, audience);
    const { link } = await queuedMail(ctx, email, "password_reset");
    expect(link.startsWith(start)).toBe(true);
  });

  it("sends nothing to a disabled account, and kills the links that it has", async () => {
    const { ctx } = world();
    const { id, email } = await registerAccount(ctx, "staff");
    const token = await linkFor(ctx, email);
    await ctx.db.updateTable("account").set({ disabled_at: ctx.clock() }).where("id", "=", id).execute();
    await request(ctx, email);
    expect(await queuedMails(ctx, email)).toHaveLength(1);
    const unsent = database.ownerDb.selectFrom("mail").select("id").where("sent_at", "is", null);
    expect(await unsent.where("account_id", "=", id).execute()).toHaveLength(1);
    await expect(reset(ctx, token)).rejects.toThrow("link_expired");
  });

  it("sends no link to an address that the account leaves at this moment", async () => {
    const { ctx } = world();
    const { id, email } = await registerAccount(ctx, "visitor");
    const asking = await database.ownerDb.transaction().execute(async (trx) => {
      await trx.updateTable("account").set({ email: "just-moved@example.test" }).where("id", "=", id).execute();
      const begun = request(ctx, email);
      await vi.waitFor(async () => expect(await waitingForLocks(database.db)).toBe(1));
      return { begun };
    });
    await asking.begun;
    await expect(queuedMail(ctx, email, "password_reset")).rejects.toThrow("no mail");
    await expect(queuedMail(ctx, email, "password_reset_unknown")).resolves.toBeDefined();
    const tokens = database.ownerDb.selectFrom("mail_token").select("kind").where("account_id", "=", id);
    expect(await tokens.execute()).toEqual([]);
  });

  it("counts against the limits on mails, by address", async () => {
    const { ctx } = testContext({ db: database.db });
    const spent: unknown[] = [];
    const attempts = { ...ctx.attempts, spend: async (...spending: unknown[]) => void spent.push(spending) };
    await request({ ...ctx, attempts }, "flooded@example.test");
    expect(spent).toEqual([["reset_mail", { account: "flooded@example.test", requester: testRequester }]]);
  });
});

describe("using it", () => {
  it("sets the password, ends every auth session in every app, and says so", async () => {
    const { ctx } = world();
    const account = await registerAccount(ctx, "admin");
    const tokens = await Promise.all(
      (["shop", "admin", "scanner"] as const).map(async (audience) => {
        const { token } = await signInByPassword(ctx, account, audience);
        return { token, audience };
      }),
    );
    await reset(ctx, await linkFor(ctx, account.email));
    for (const cookie of tokens) {
      expect((await readAuthStanding(ctx, cookie)).standing.state).toBe("signed_out");
    }
    await expect(signInByPassword(ctx, account, "shop")).rejects.toThrow("wrong_credentials");
    const { resetLink } = await queuedMail(ctx, account.email, "password_changed");
    expect(resetLink).toBe("https://tickets.test/forgotten-password");
    expect((await auditOf(account.id)).filter((action) => action.startsWith("password_reset"))).toEqual([
      "password_reset.completed",
      "password_reset.requested",
    ]);
  });

  it("never touches or skips the second factor", async () => {
    const { ctx } = world();
    const { email, id } = await registerAccount(ctx, "visitor");
    const factor = () =>
      database.ownerDb
        .selectFrom("totp_factor")
        .select(["sealed_secret", "confirmed_at", "last_step"])
        .where("account_id", "=", id)
        .executeTakeFirstOrThrow();
    const before = await factor();
    await reset(ctx, await linkFor(ctx, email));
    expect(await factor()).toEqual(before);
    const { standing } = await signInByPassword(ctx, { email, password }, "shop");
    expect(standing.state).toBe("verify");
  });

  it("works once when one link is used 20 times at once", async () => {
    const { ctx } = world();
    const { email } = await registerAccount(ctx, "visitor");
    const token = await linkFor(ctx, email);
    const words = Array.from({ length: 20 }, (_, index) => `${password} ${index}`);
    const results = await Promise.allSettled(words.map((word) => reset(ctx, token, word)));
    const won = results.flatMap(({ status }, index) => (status === "fulfilled" ? [words[index] ?? ""] : []));
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "link_expired" });
    }
    await signInByPassword(ctx, { email, password: won[0] ?? "" }, "shop");
    expect((await queuedMails(ctx, email)).map(({ content }) => content.template)).toContain("password_changed");
  });

  it("kills the other links of the account, and no one else's", async () => {
    const { ctx } = world();
    const [one, other] = [await registerAccount(ctx, "visitor"), await registerAccount(ctx, "visitor")];
    await request(ctx, one.email);
    await request(ctx, one.email);
    const tokens = (await queuedMails(ctx, one.email)).flatMap(({ content }) =>
      content.template === "password_reset" ? [secretOf(content.link)] : [],
    );
    const [first = "", second = ""] = tokens;
    const others = await linkFor(ctx, other.email);
    await reset(ctx, first);
    await expect(reset(ctx, second)).rejects.toThrow("link_expired");
    await expect(reset(ctx, first)).rejects.toThrow("link_expired");
    await reset(ctx, others);
  });

  it("is good for 30 minutes, and a weak password does not use it up", async () => {
    const { ctx, clock } = world();
    const { email } = await registerAccount(ctx, "visitor");
    const token = await linkFor(ctx, email);
    clock.advance(30 * 60_000 - 1);
    await expect(reset(ctx, token, "password1234")).rejects.toThrow("password_too_common");
    await expect(reset(ctx, token, "short")).rejects.toThrow("password_too_short");
    clock.advance(1);
    await expect(reset(ctx, token)).rejects.toThrow("link_expired");
  });

  it("asks for work when many passwords were refused, by account and wherever the next one comes from", async () => {
    const { ctx } = testContext({ db: database.db });
    const { email } = await registerAccount(ctx, "visitor");
    const token = await linkFor(ctx, email);
    for (let tries = 0; tries < 10; tries += 1) {
      await expect(reset(ctx, token, "password1234")).rejects.toThrow("password_too_common");
    }
    await expect(reset(ctx, token, "password1234")).rejects.toThrow("proof_of_work_required");
    const elsewhere = { ...testRequester, address: "2001:db8::77" };
    const word = { token, password, audience: "shop" } as const;
    await expect(resetPassword(ctx, word, elsewhere)).rejects.toThrow("proof_of_work_required");
  });

  it("withdraws a change of the address that waits: whoever had the old password may have asked for it", async () => {
    const { ctx } = world();
    const half = await signInByPassword(ctx, await registerAccount(ctx, "visitor"), "shop");
    const code = await authenticatorCode(ctx.clock());
    const { authSession } = await verifyTotp(ctx, half.standing, { code }, testRequester);
    const standing = await signedInBy(ctx, authSession.token);
    const newEmail = "intruder@example.test";
    await requestEmailChange(ctx, standing, { email: newEmail }, testRequester);
    const links = [
      (await queuedMail(ctx, standing.account.email, "email_change_old")).link,
      (await queuedMail(ctx, newEmail, "email_change_new")).link,
    ];
    await reset(ctx, await linkFor(ctx, standing.account.email));
    for (const link of links) {
      const confirming = confirmEmailChange(ctx, { token: secretOf(link) }, { state: "signed_out" });
      await expect(confirming).rejects.toThrow("link_expired");
    }
    expect(await readPendingEmailChange(ctx, standing.actor)).toBeNull();
    expect(await auditOf(standing.account.id)).toContain("email_change.withdrawn");
  });

  it("hashes nothing for a link that is none", async () => {
    const { ctx } = world();
    const passwords = {
      ...ctx.passwords,
      hash: async () => {
        throw new Error("hashed");
      },
    };
    await expect(reset({ ...ctx, passwords }, "A".repeat(43))).rejects.toThrow("link_expired");
  });

  it("takes no link of another kind", async () => {
    const { ctx } = world();
    const { email, id } = await registerAccount(ctx, "visitor");
    const token = await linkFor(ctx, email);
    await database.ownerDb
      .updateTable("mail_token")
      .set({ kind: "factor_reset" })
      .where("account_id", "=", id)
      .execute();
    await expect(reset(ctx, token)).rejects.toThrow("link_expired");
  });

  it("gives a first password to an account that has none", async () => {
    const { ctx } = world();
    const email = "passkeys@example.test";
    await registerByMail(ctx, { email, password: null });
    await reset(ctx, await linkFor(ctx, email));
    const { standing } = await signInByPassword(ctx, { email, password }, "shop");
    expect(standing).toMatchObject({ state: "enrol", hasPassword: true });
  });
});
