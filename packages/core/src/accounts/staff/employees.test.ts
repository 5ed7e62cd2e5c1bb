import { audiences, rolesOfAudience } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../ids.ts";
import type { Actor } from "../../ports.ts";
import {
  queuedMail,
  queuedMails,
  registerAccount,
  registerVisitor,
  signInByPassword,
  testContext,
} from "../../testing/index.ts";
import { findLiveAccount } from "../accounts.queries.ts";
import { insertAuthSessionByPassword } from "../auth-sessions/auth-sessions.queries.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { changeRole } from "./change-role.ts";
import { disableEmployee, enableEmployee } from "./disable-employee.ts";
import { listStaff } from "./list-staff.ts";
import { requestEmployeeFactorReset } from "./reset-employee-factors.ts";

let database: TestDatabase | undefined;
// Each test with its own admins: that there is always one left is about all of them.
beforeEach(async () => {
  await database?.drop();
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const db = () => {
  if (database === undefined) throw new Error("no database");
  return database.db;
};
const refusedWith = (code: string): unknown => expect.objectContaining({ code });

async function twoAdmins() {
  const world = testContext({ db: db() });
  return { ...world, ada: await registerVisitor(world.ctx, "admin"), bea: await registerVisitor(world.ctx, "admin") };
}

const enabledAdmins = async () =>
  (await listStaff({ db: db(), clock: () => new Date() })).employees.filter(
    ({ role, disabledAt }) => role === "admin" && disabledAt === null,
  ).length;

const lastEntry = () =>
  db()
    .selectFrom("audit_entry")
    .select(["action", "actor_id", "subject_id", "details"])
    .where("action", "like", "employee.%")
    .execute();

describe("disabling an employee", () => {
  it("ends every auth session at once, says so by mail, and is undone by enabling", async () => {
    const { ctx, ada } = await twoAdmins();
    const admin = await registerAccount(ctx, "admin");
    const open = await Promise.all(
      audiences.map(async (audience) => ({ audience, ...(await signInByPassword(ctx, admin, audience)) })),
    );
    await disableEmployee(ctx, ada, { accountId: admin.id });
    for (const { token, audience } of open) {
      expect((await readAuthStanding(ctx, { token, audience })).standing.state).toBe("signed_out");
    }
    expect(await db().selectFrom("auth_session").select("id").where("account_id", "=", admin.id).execute()).toEqual([]);
    await expect(signInByPassword(ctx, admin, "admin")).rejects.toEqual(refusedWith("account_disabled"));
    expect(await queuedMail(ctx, admin.email, "account_disabled")).toEqual({ template: "account_disabled" });
    const act = { actor_id: ada.accountId, subject_id: admin.id, details: {} };
    expect(await lastEntry()).toEqual([{ action: "employee.disabled", ...act }]);

    await disableEmployee(ctx, ada, { accountId: admin.id });
    expect(await queuedMails(ctx, admin.email)).toHaveLength(1);

    await enableEmployee(ctx, ada, { accountId: admin.id });
    await enableEmployee(ctx, ada, { accountId: admin.id });
    expect(await lastEntry()).toHaveLength(2);
    expect(await lastEntry()).toContainEqual({ action: "employee.enabled", ...act });
    expect((await signInByPassword(ctx, admin, "admin")).standing.state).toBe("verify");
    // What was open before stays ended.
    for (const { token, audience } of open) {
      expect((await readAuthStanding(ctx, { token, audience })).standing.state).toBe("signed_out");
    }
  });

  it("is not for oneself, nor for visitors", async () => {
    const { ctx, ada } = await twoAdmins();
    const visitor = await registerVisitor(ctx);
    for (const act of [disableEmployee, enableEmployee, requestEmployeeFactorReset]) {
      await expect(act(ctx, ada, { accountId: ada.accountId })).rejects.toEqual(refusedWith("own_account"));
      await expect(act(ctx, ada, { accountId: visitor.accountId })).rejects.toEqual(refusedWith("not_found"));
    }
    const own = { accountId: ada.accountId, role: "staff" as const };
    await expect(changeRole(ctx, ada, own)).rejects.toEqual(refusedWith("own_account"));
    const theirs = { accountId: visitor.accountId, role: "staff" as const };
    await expect(changeRole(ctx, ada, theirs)).rejects.toEqual(refusedWith("not_found"));
  });

  it("is seen by whoever has just checked the password", async () => {
    const { ctx, ada } = await twoAdmins();
    const { id: accountId } = await registerAccount(ctx, "staff");
    const { passwordHash } = (await findLiveAccount(db(), accountId)) ?? {};
    const start = () =>
      insertAuthSessionByPassword(
        db(),
        {
          id: newId(ctx),
          idHash: ctx.random(32),
          accountId,
          audience: "scanner",
          secondFactorAt: null,
          userAgent: "",
          createdAt: ctx.clock(),
          lastUsedAt: ctx.clock(),
          expiresAt: new Date(ctx.clock().getTime() + 60_000),
        },
        passwordHash ?? "",
      );
    expect(await start()).toBe(true);
    await disableEmployee(ctx, ada, { accountId });
    expect(await start()).toBe(false);
  });

  const takeRights: Record<string, (actor: Actor, from: Actor) => Promise<void>> = {
    disabling: (actor, { accountId }) => disableEmployee(testContext({ db: db() }).ctx, actor, { accountId }),
    demoting: (actor, { accountId }) => changeRole(testContext({ db: db() }).ctx, actor, { accountId, role: "staff" }),
  };
  it.each(Object.entries(takeRights))("leaves an admin when two are %s each other at once", async (_, take) => {
    const { ada, bea } = await twoAdmins();
    const pairs = Array.from({ length: 5 }, () => [take(ada, bea), take(bea, ada)]).flat();
    const results = await Promise.allSettled(pairs);
    expect(await enabledAdmins()).toBe(1);
    for (const result of results) {
      if (result.status === "rejected") expect([refusedWith("forbidden")]).toContainEqual(result.reason);
    }
    expect(results.some(({ status }) => status === "rejected")).toBe(true);
  });

  it("leaves an admin when many take each other's rights in a ring", async () => {
    const { ctx } = testContext({ db: db() });
    const ring = await Promise.all(Array.from({ length: 6 }, () => registerVisitor(ctx, "admin")));
    await Promise.allSettled(
      ring.map((actor, index) => {
        const accountId = ring[(index + 1) % ring.length]?.accountId ?? "";
        return index % 2 === 0
          ? disableEmployee(ctx, actor, { accountId })
          : changeRole(ctx, actor, { accountId, role: "visitor" });
      }),
    );
    expect(await enabledAdmins()).toBeGreaterThan(0);
  });
});

describe("changing a role", () => {
  it("ends auth sessions, says so by mail, and works for the next sign-in", async () => {
    const { ctx, ada } = await twoAdmins();
    const employee = await registerAccount(ctx, "staff");
    const before = await signInByPassword(ctx, employee, "scanner");
    await changeRole(ctx, ada, { accountId: employee.id, role: "supervisor" });
    const seen = await readAuthStanding(ctx, { token: before.token, audience: "scanner" });
    expect(seen.standing.state).toBe("signed_out");
    expect(await queuedMail(ctx, employee.email, "role_changed")).toMatchObject({ role: "supervisor" });
    expect(await lastEntry()).toEqual([
      {
        action: "employee.role_changed",
        actor_id: ada.accountId,
        subject_id: employee.id,
        details: { from: "staff", to: "supervisor" },
      },
    ]);
    expect((await signInByPassword(ctx, employee, "scanner")).standing.account.role).toBe("supervisor");
    await changeRole(ctx, ada, { accountId: employee.id, role: "supervisor" });
    expect(await lastEntry()).toHaveLength(1);
  });

  it("to visitor makes them no employee any more", async () => {
    const { ctx, ada } = await twoAdmins();
    const employee = await registerAccount(ctx, "staff");
    await changeRole(ctx, ada, { accountId: employee.id, role: "visitor" });
    expect((await listStaff(ctx)).employees.map(({ id }) => id)).not.toContain(employee.id);
    await expect(signInByPassword(ctx, employee, "scanner")).rejects.toEqual(refusedWith("forbidden"));
    expect((await signInByPassword(ctx, employee, "shop")).standing.account.role).toBe("visitor");
    const back = { accountId: employee.id, role: "staff" as const };
    await expect(changeRole(ctx, ada, back)).rejects.toEqual(refusedWith("not_found"));
  });

  it("to visitor is not for who is disabled: nobody could enable them again", async () => {
    const { ctx, ada } = await twoAdmins();
    const { id: accountId } = await registerAccount(ctx, "staff");
    await disableEmployee(ctx, ada, { accountId });
    const leave = { accountId, role: "visitor" as const };
    await expect(changeRole(ctx, ada, leave)).rejects.toEqual(refusedWith("account_disabled"));
    await enableEmployee(ctx, ada, { accountId });
    await changeRole(ctx, ada, leave);
    expect((await listStaff(ctx)).employees.map(({ id }) => id)).not.toContain(accountId);
  });
});

describe("the list of staff", () => {
  it("has everybody but visitors, with when they were last here", async () => {
    const { ctx, clock, ada } = await twoAdmins();
    await registerVisitor(ctx);
    const employee = await registerAccount(ctx, "staff");
    await signInByPassword(ctx, employee, "scanner");
    await requestEmployeeFactorReset(ctx, ada, { accountId: employee.id });
    const { employees } = await listStaff(ctx);
    expect(employees).toHaveLength(3);
    for (const { role } of employees) expect(rolesOfAudience.scanner).toContain(role);
    expect(employees.find(({ id }) => id === employee.id)).toMatchObject({
      email: employee.email,
      displayName: "Camille Test",
      role: "staff",
      enrolled: true,
      disabledAt: null,
      lastUsedAt: ctx.clock(),
      factorReset: { requestedById: ada.accountId, requestedBy: "Camille Test", requestedAt: ctx.clock() },
    });
    clock.advance(48 * 3_600_000);
    const later = (await listStaff(ctx)).employees.find(({ id }) => id === employee.id);
    expect(later).toMatchObject({ lastUsedAt: null, factorReset: null });
  });
});
