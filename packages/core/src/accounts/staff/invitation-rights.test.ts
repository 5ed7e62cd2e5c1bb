import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  queuedMail,
  registerAccount,
  registerVisitor,
  secretOf,
  signInByPassword,
  testContext,
  testRequester,
} from "../../testing/index.ts";
import { announceReadyFactorResets } from "../factors/announce-factor-resets.ts";
import { completeFactorReset } from "../factors/end-factor-reset.ts";
import { requestFactorReset } from "../factors/request-factor-reset.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { changeRole } from "./change-role.ts";
import { disableEmployee } from "./disable-employee.ts";
import { inviteEmployee } from "./invite-employee.ts";
import { listStaff } from "./list-staff.ts";
import { revokeInvitation } from "./revoke-invitation.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const hours = (count: number): number => count * 3_600_000;
const refusedWith = (code: string): unknown => expect.objectContaining({ code });

let made = 0;
const newEmail = (): string => `rights-${(made += 1)}@example.test`;

async function open() {
  const world = testContext({ db: database.db });
  return { ...world, admin: await registerVisitor(world.ctx, "admin") };
}

describe("an invitation", () => {
  it("is neither made nor taken back by an admin who has just lost the right to", async () => {
    const { ctx, admin } = await open();
    const bea = await registerVisitor(ctx, "admin");
    await inviteEmployee(ctx, admin, { email: newEmail(), role: "staff", locale: "en" });
    const invitationId = (await listStaff(ctx)).invitations[0]?.id ?? "";
    await disableEmployee(ctx, admin, { accountId: bea.accountId });
    await expect(revokeInvitation(ctx, bea, { invitationId })).rejects.toEqual(refusedWith("forbidden"));
    const invite = inviteEmployee(ctx, bea, { email: newEmail(), role: "admin", locale: "en" });
    await expect(invite).rejects.toEqual(refusedWith("forbidden"));
  });

  it.each(["disabled", "demoted"])("never outlives an admin who is %s at the same moment", async (how) => {
    const { ctx, admin } = await open();
    for (let round = 0; round < 10; round += 1) {
      const { accountId, ...actor } = await registerVisitor(ctx, "admin");
      const email = newEmail();
      const invited = inviteEmployee(ctx, { ...actor, accountId }, { email, role: "admin", locale: "en" });
      const ended =
        how === "disabled"
          ? disableEmployee(ctx, admin, { accountId })
          : changeRole(ctx, admin, { accountId, role: "visitor" });
      const [outcome] = await Promise.allSettled([invited, ended]);
      if (outcome.status === "rejected") expect(outcome.reason).toEqual(refusedWith("forbidden"));
      await ended;
      const { invitations } = await listStaff(ctx);
      expect(invitations.filter((one) => one.email === email)).toEqual([]);
    }
    const tokens = database.db
      .selectFrom("mail_token")
      .innerJoin("invitation", "invitation.id", "mail_token.subject_id")
      .select("invitation.id")
      .where("invitation.revoked_at", "is not", null);
    expect(await tokens.execute()).toEqual([]);
  });
});

describe("a visitor who has asked for a reset of the second factors", () => {
  /** Somebody who knows the password, and may read the mails. */
  async function resetAsked() {
    const world = await open();
    const visitor = await registerAccount(world.ctx, "visitor");
    const { standing } = await signInByPassword(world.ctx, visitor, "shop");
    await requestFactorReset(world.ctx, standing);
    const accept = async () => {
      await inviteEmployee(world.ctx, world.admin, { email: visitor.email, role: "admin", locale: "en" });
      const { link } = await queuedMail(world.ctx, visitor.email, "invitation");
      const input = { token: secretOf(link), account: null, audience: "admin" } as const;
      await acceptInvitation(world.ctx, input, testRequester, { state: "signed_out" });
    };
    const ready = async () => {
      world.clock.advance(hours(72));
      await announceReadyFactorResets(world.ctx);
      return secretOf((await queuedMail(world.ctx, visitor.email, "factor_reset_ready")).link);
    };
    return { ...world, visitor, accept, ready };
  }

  it("loses the request and its links with the invitation", async () => {
    const { ctx, visitor, accept, ready } = await resetAsked();
    const token = await ready();
    await accept();
    await expect(completeFactorReset(ctx, { token })).rejects.toEqual(refusedWith("link_expired"));
    const { standing } = await signInByPassword(ctx, visitor, "admin");
    expect(standing).toMatchObject({ state: "verify", account: { role: "admin" } });
    const acts = database.db.selectFrom("audit_entry").select("details").where("subject_id", "=", visitor.id);
    expect(await acts.where("action", "=", "factor_reset.cancelled").execute()).toEqual([{ details: { by: "role" } }]);
    const left = database.db.selectFrom("mail_token").select("kind").where("account_id", "=", visitor.id);
    expect(await left.execute()).toEqual([]);
    const resets = database.db.selectFrom("factor_reset").select("id").where("account_id", "=", visitor.id);
    expect(await resets.execute()).toEqual([]);
  });

  it("is given no role for seven days after the factors are gone", async () => {
    const { ctx, clock, visitor, accept, ready } = await resetAsked();
    await completeFactorReset(ctx, { token: await ready() });
    const from = new Date(ctx.clock().getTime() + hours(7 * 24)).toISOString();
    const tooEarly: unknown = expect.objectContaining({ code: "factors_just_reset", details: { from } });
    clock.advance(hours(7 * 24) - 1);
    await expect(accept()).rejects.toEqual(tooEarly);
    clock.advance(1);
    await accept();
    expect((await signInByPassword(ctx, visitor, "admin")).standing.state).toBe("enrol");
  });
});
