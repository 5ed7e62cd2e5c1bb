import { createHash } from "node:crypto";
import type { Audience, EmployeeRole } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import type { Transaction } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  outcomesOf,
  queuedMail,
  queuedMails,
  registerAccount,
  registerVisitor,
  secretOf,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
} from "../../testing/index.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { acceptInvitation, readInvitation } from "./accept-invitation.ts";
import { disableEmployee } from "./disable-employee.ts";
import { markAccepted } from "./invitations.queries.ts";
import { inviteAdmin, inviteEmployee } from "./invite-employee.ts";
import { listStaff } from "./list-staff.ts";
import { revokeInvitation } from "./revoke-invitation.ts";

let database: TestDatabase;
let world: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
});
afterAll(() => database.drop());

const newcomer = { displayName: "Noor Test", password: "marble torch over the river", locale: "en" as const };
const hours = (count: number): number => count * 3_600_000;
const refusedWith = (code: string): unknown => expect.objectContaining({ code });

let made = 0;
const newEmail = (): string => `invited-${(made += 1)}@example.test`;

/** An admin, and what happens to an invitation that they send. */
async function invited({ email = newEmail(), role = "staff" }: { email?: string; role?: EmployeeRole } = {}) {
  const { ctx } = world;
  const admin = await registerVisitor(ctx, "admin");
  await inviteEmployee(ctx, admin, { email, role, locale: "en" });
  const { link } = await queuedMail(ctx, email, "invitation");
  const token = secretOf(link);
  const accept = (audience: Audience = "scanner", account: typeof newcomer | null = newcomer) =>
    acceptInvitation(ctx, { token, account, audience }, testRequester, { state: "signed_out" });
  return { ...world, admin, email, link, token, accept };
}

const auditOf = (subjectId: string) =>
  database.db
    .selectFrom("audit_entry")
    .select(["action", "actor_id", "details"])
    .where("subject_id", "=", subjectId)
    .execute();

const openInvitation = async (email: string) =>
  (await listStaff({ db: database.db, clock: world.ctx.clock })).invitations.find((one) => one.email === email);

describe("an invitation", () => {
  it.each([
    ["staff", "https://gate.tickets.test/link/invitation#"],
    ["supervisor", "https://gate.tickets.test/link/invitation#"],
    ["admin", "https://admin.tickets.test/link/invitation#"],
  ] as const)("for %s leads to %s and is written down", async (role, start) => {
    const { ctx, admin, email, link, token } = await invited({ role });
    expect(link.startsWith(start)).toBe(true);
    expect(await queuedMail(ctx, email, "invitation")).toMatchObject({ role, hours: 48, invitedBy: "Camille Test" });
    const invitation = await openInvitation(email);
    expect(invitation).toMatchObject({
      role,
      invitedBy: "Camille Test",
      expiresAt: new Date(ctx.clock().getTime() + hours(48)),
    });
    expect(await auditOf(invitation?.id ?? "")).toEqual([
      { action: "invitation.made", actor_id: admin.accountId, details: { role, locale: "en" } },
    ]);
    const stored = await database.ownerDb.selectFrom("mail_token").select("token_hash").execute();
    expect(stored).toContainEqual({ token_hash: createHash("sha256").update(token).digest() });
  });

  it("makes an account with its role, half signed in, and proves the address", async () => {
    const { ctx, email, token, accept } = await invited({ role: "supervisor" });
    expect(await readInvitation(ctx, { token })).toEqual({ email, role: "supervisor", hasAccount: false });
    const { authSession, standing } = await accept();
    expect(standing).toMatchObject({ state: "enrol", hasPassword: true, account: { email, role: "supervisor" } });
    const seen = await readAuthStanding(ctx, { token: authSession?.token ?? null, audience: "scanner" });
    expect(seen.standing).toMatchObject({ state: "enrol", account: { displayName: "Noor Test", locale: "en" } });
    if (standing.state !== "enrol") throw new Error("not made");
    expect(await auditOf(standing.account.id)).toContainEqual({
      action: "invitation.accepted",
      actor_id: standing.account.id,
      details: { invitationId: expect.any(String) as string, role: "supervisor", newAccount: true },
    });
    expect(await openInvitation(email)).toBeUndefined();
    expect((await signInByPassword(ctx, { email, ...newcomer }, "scanner")).standing.state).toBe("enrol");
    await expect(readInvitation(ctx, { token })).rejects.toEqual(refusedWith("link_expired"));
    await expect(accept()).rejects.toEqual(refusedWith("link_expired"));
    const kept = await database.db.selectFrom("invitation").select("id").where("email", "=", email).execute();
    expect(kept).toEqual([]);
  });

  it("accepted twenty times at once makes exactly one account", async () => {
    const { email, accept } = await invited();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => accept()));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      // More than ten that choose a password before one is through must work for it.
      const refusals = expect.stringMatching(/^(link_expired|proof_of_work_required)$/) as string;
      if (result.status === "rejected") expect(result.reason).toEqual(refusedWith(refusals));
    }
    const accounts = await database.db.selectFrom("account").select("id").where("email", "=", email).execute();
    expect(accounts).toHaveLength(1);
  });

  it("gives an account that is there the role, ends what it had open, and asks to sign in", async () => {
    const visitor = await registerAccount(world.ctx, "visitor");
    const { ctx, token, accept } = await invited({ email: visitor.email });
    const before = await signInByPassword(world.ctx, visitor, "shop");
    expect(await readInvitation(ctx, { token })).toMatchObject({ hasAccount: true });
    const accepted = await accept("scanner", null);
    expect(accepted).toEqual({ authSession: null, standing: { state: "signed_out" } });
    const seen = await readAuthStanding(ctx, { token: before.token, audience: "shop" });
    expect(seen.standing.state).toBe("signed_out");
    expect(await queuedMail(ctx, visitor.email, "role_changed")).toMatchObject({ role: "staff" });
    // Its password and its second factor are what they were.
    expect((await signInByPassword(world.ctx, visitor, "scanner")).standing).toMatchObject({
      state: "verify",
      account: { id: visitor.id, role: "staff", displayName: visitor.displayName },
    });
  });

  it("given to an account twenty times at once changes it exactly once", async () => {
    const { ctx } = world;
    const visitor = await registerAccount(ctx, "visitor");
    const { accept } = await invited({ email: visitor.email });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => accept("scanner", null)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("opens for 48 hours and not longer, and is listed until somebody sends or takes it anew", async () => {
    const { ctx, clock, admin, email, token, accept } = await invited();
    clock.advance(hours(48) - 1);
    expect(await readInvitation(ctx, { token })).toMatchObject({ email });
    clock.advance(1);
    await expect(accept()).rejects.toEqual(refusedWith("link_expired"));
    const expired = await openInvitation(email);
    await revokeInvitation(ctx, admin, { invitationId: expired?.id ?? "" });
    expect(await openInvitation(email)).toBeUndefined();
  });

  it("takes the place of the one before", async () => {
    const { ctx, admin, email, token, accept } = await invited();
    const first = await openInvitation(email);
    await inviteEmployee(ctx, admin, { email, role: "supervisor", locale: "en" });
    await expect(readInvitation(ctx, { token })).rejects.toEqual(refusedWith("link_expired"));
    await expect(accept()).rejects.toEqual(refusedWith("link_expired"));
    expect(await openInvitation(email)).toMatchObject({ role: "supervisor" });
    expect(await auditOf(first?.id ?? "")).toContainEqual({
      action: "invitation.revoked",
      actor_id: admin.accountId,
      details: { replaced: true },
    });
  });

  it("is one, however many invite the same address at once", async () => {
    const { ctx, admin, email } = await invited();
    const again = () => inviteEmployee(ctx, admin, { email, role: "staff", locale: "en" });
    const results = await Promise.allSettled(Array.from({ length: 10 }, again));
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toEqual(refusedWith("conflict"));
    }
    const { invitations } = await listStaff(ctx);
    expect(invitations.filter((one) => one.email === email)).toHaveLength(1);
    const tokens = await database.db
      .selectFrom("mail_token")
      .innerJoin("invitation", "invitation.id", "mail_token.subject_id")
      .select("mail_token.subject_id")
      .where("invitation.email", "=", email)
      .execute();
    expect(tokens).toHaveLength(1);
  });

  it("that was taken back opens nothing, and cannot be taken back again", async () => {
    const { ctx, admin, email, token, accept } = await invited();
    const invitationId = (await openInvitation(email))?.id ?? "";
    await revokeInvitation(ctx, admin, { invitationId });
    await expect(readInvitation(ctx, { token })).rejects.toEqual(refusedWith("link_expired"));
    await expect(accept()).rejects.toEqual(refusedWith("link_expired"));
    await expect(revokeInvitation(ctx, admin, { invitationId })).rejects.toEqual(refusedWith("not_found"));
    expect(await auditOf(invitationId)).toContainEqual({
      action: "invitation.revoked",
      actor_id: admin.accountId,
      details: {},
    });
  });

  it("is either accepted or taken back, when both happen at once", async () => {
    const { ctx, admin, email, accept } = await invited();
    const invitationId = (await openInvitation(email))?.id ?? "";
    const revoke = () => revokeInvitation(ctx, admin, { invitationId });
    const tries = Array.from({ length: 10 }, () => [accept(), revoke()]).flat();
    const { ok, link_expired: late = 0, not_found: gone = 0 } = await outcomesOf(tries);
    expect(ok).toBe(1);
    expect(late + gone).toBe(19);
  });

  it("dies with the rights of the admin who made it", async () => {
    const { ctx, admin, accept } = await invited({ role: "admin" });
    await disableEmployee(ctx, await registerVisitor(ctx, "admin"), { accountId: admin.accountId });
    await expect(accept("admin")).rejects.toEqual(refusedWith("link_expired"));
  });

  it("is used up twice over: the invitation, and the token of its link", async () => {
    const { ctx, email, accept } = await invited();
    const { id = "" } = (await openInvitation(email)) ?? {};
    const take = (trx: Transaction<Database>) => markAccepted(trx, { id, now: ctx.clock() });
    await accept();
    expect(await ctx.db.transaction().execute(take)).toBe(false);
    // Were the invitation open again, its link would still be dead.
    const reopened = { email, accepted_at: null };
    await database.ownerDb.updateTable("invitation").set(reopened).where("id", "=", id).execute();
    await expect(accept("scanner", null)).rejects.toEqual(refusedWith("link_expired"));

    const other = await invited();
    const { id: revokedId = "" } = (await openInvitation(other.email)) ?? {};
    await revokeInvitation(ctx, other.admin, { invitationId: revokedId });
    const late = ctx.db.transaction().execute((trx) => markAccepted(trx, { id: revokedId, now: ctx.clock() }));
    expect(await late).toBe(false);
  });

  it("is refused, and not used up, where it cannot be accepted as asked", async () => {
    const { ctx, accept } = await invited();
    await expect(accept("admin")).rejects.toEqual(refusedWith("forbidden"));
    await expect(accept("scanner", null)).rejects.toEqual(refusedWith("invalid_input"));
    const weak = { ...newcomer, password: "passwordpassword" };
    await expect(accept("scanner", weak)).rejects.toEqual(refusedWith("password_too_common"));
    const accepted = await accept();
    expect(accepted.standing.state).toBe("enrol");
    await expect(readInvitation(ctx, { token: "A".repeat(43) })).rejects.toEqual(refusedWith("link_expired"));
  });

  it("is not sent to an employee, whose role is changed instead", async () => {
    const { ctx, admin } = await invited();
    const { email } = await registerAccount(ctx, "staff");
    const invitation = { email, role: "admin" as const, locale: "fr" as const };
    await expect(inviteEmployee(ctx, admin, invitation)).rejects.toEqual(refusedWith("conflict"));
    expect(await queuedMails(ctx, email)).toEqual([]);
  });

  it("neither takes rights away nor opens an account that was shut", async () => {
    const { ctx } = world;
    const someone = await registerAccount(ctx, "visitor");
    const { accept } = await invited({ email: someone.email });
    const set = (values: { role?: string; disabled_at?: Date }) =>
      database.db.updateTable("account").set(values).where("id", "=", someone.id).execute();
    await set({ role: "admin" });
    await expect(accept("scanner", null)).rejects.toEqual(refusedWith("conflict"));
    await set({ role: "visitor", disabled_at: ctx.clock() });
    await expect(accept("scanner", null)).rejects.toEqual(refusedWith("account_disabled"));
  });
});

describe("the first admin's invitation", () => {
  it("is made by nobody, mailed to nobody, and accepted like any other", async () => {
    const { ctx } = world;
    const email = newEmail();
    const { link, expiresAt } = await inviteAdmin(ctx, { email, locale: "fr" });
    expect(expiresAt).toEqual(new Date(ctx.clock().getTime() + hours(48)));
    expect(await queuedMails(ctx, email)).toEqual([]);
    const invitation = await openInvitation(email);
    expect(invitation).toMatchObject({ role: "admin", invitedBy: null });
    expect(await auditOf(invitation?.id ?? "")).toEqual([
      { action: "invitation.made", actor_id: null, details: { role: "admin", locale: "fr" } },
    ]);
    const input = { token: secretOf(link), account: newcomer, audience: "admin" } as const;
    const { standing } = await acceptInvitation(ctx, input, testRequester, { state: "signed_out" });
    expect(standing).toMatchObject({ state: "enrol", account: { role: "admin" } });
    await expect(inviteAdmin(ctx, { email, locale: "fr" })).rejects.toEqual(refusedWith("conflict"));
  });
});
