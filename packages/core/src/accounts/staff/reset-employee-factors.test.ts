import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  queuedMail,
  registerAccount,
  registerVisitor,
  secretOf,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
} from "../../testing/index.ts";
import { readAuthStanding } from "../auth-sessions/auth-sessions.ts";
import { resetPassword } from "../passwords/reset-password.ts";
import { changeRole } from "./change-role.ts";
import { disableEmployee } from "./disable-employee.ts";
import { markApproved } from "./employee-factor-resets.queries.ts";
import { listStaff } from "./list-staff.ts";
import {
  approveEmployeeFactorReset,
  cancelEmployeeFactorReset,
  requestEmployeeFactorReset,
} from "./reset-employee-factors.ts";

let database: TestDatabase;
let world: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
});
afterAll(() => database.drop());

const refusedWith = (code: string): unknown => expect.objectContaining({ code });

/** An employee with every kind of factor, for whom `ada` has asked. */
async function lost() {
  const { ctx } = world;
  const [ada, bea] = [await registerVisitor(ctx, "admin"), await registerVisitor(ctx, "admin")];
  const employee = await registerAccount(ctx, "admin");
  await database.ownerDb
    .insertInto("recovery_code")
    .values({ account_id: employee.id, code_hash: Buffer.alloc(32) })
    .execute();
  await database.ownerDb
    .insertInto("passkey")
    .values({
      id: employee.id,
      account_id: employee.id,
      credential_id: Buffer.from(employee.id),
      public_key: Buffer.alloc(8),
      counter: 0,
      transports: [],
      alone: false,
      name: "Key",
      created_at: ctx.clock(),
    })
    .execute();
  await requestEmployeeFactorReset(ctx, ada, { accountId: employee.id });
  return { ...world, ada, bea, employee, factorResetId: await openReset(employee.id) };
}

async function openReset(accountId: string): Promise<string> {
  const { id } = await database.db
    .selectFrom("staff_factor_reset")
    .select("id")
    .where("account_id", "=", accountId)
    .where("approved_at", "is", null)
    .where("cancelled_at", "is", null)
    .executeTakeFirstOrThrow();
  return id;
}

const factorsOf = (accountId: string) =>
  Promise.all(
    (["totp_factor", "recovery_code", "passkey"] as const).map(async (table) => {
      const rows = await database.db
        .selectFrom(table)
        .select("account_id")
        .where("account_id", "=", accountId)
        .execute();
      return rows.length;
    }),
  );

const auditOf = (subjectId: string) =>
  database.db
    .selectFrom("audit_entry")
    .select(["action", "actor_id", "details"])
    .where("subject_id", "=", subjectId)
    .where("action", "like", "employee_factor_reset.%")
    .execute();

it("tells the employee and every other admin of a request, and not the admin who made it", async () => {
  const { ctx, ada, bea, employee } = await lost();
  expect(await queuedMail(ctx, employee.email, "own_factor_reset_requested")).toMatchObject({
    requestedBy: ada.displayName,
  });
  const emailOf = async ({ accountId }: { accountId: string }): Promise<string> => {
    const account = database.db.selectFrom("account").select("email").where("id", "=", accountId);
    return (await account.executeTakeFirstOrThrow()).email;
  };
  expect(await queuedMail(ctx, await emailOf(bea), "employee_factor_reset_requested")).toMatchObject({
    employee: employee.displayName,
    requestedBy: ada.displayName,
  });
  await expect(queuedMail(ctx, await emailOf(ada), "employee_factor_reset_requested")).rejects.toThrow("no mail");
});

it("takes two admins, and then the next sign-in enrols a factor anew", async () => {
  const { ctx, ada, bea, employee, factorResetId } = await lost();
  const before = await signInByPassword(ctx, employee, "shop");
  expect(before.standing.state).toBe("verify");
  expect(await factorsOf(employee.id)).toEqual([1, 1, 1]);
  await approveEmployeeFactorReset(ctx, bea, { factorResetId });
  expect(await factorsOf(employee.id)).toEqual([0, 0, 0]);
  const seen = await readAuthStanding(ctx, { token: before.token, audience: "shop" });
  expect(seen.standing.state).toBe("signed_out");
  // The password alone would let whoever knows it enrol first: coming back takes the mailbox.
  await expect(signInByPassword(ctx, employee, "admin")).rejects.toEqual(refusedWith("wrong_credentials"));
  const { link } = await queuedMail(ctx, employee.email, "password_reset");
  expect(link.startsWith("https://admin.tickets.test/link/password_reset#")).toBe(true);
  const password = "lantern voyage under the hill";
  await resetPassword(ctx, { token: secretOf(link), password, audience: "admin" }, testRequester);
  expect((await signInByPassword(ctx, { ...employee, password }, "admin")).standing.state).toBe("enrol");
  const mail = await queuedMail(ctx, employee.email, "factor_reset_completed");
  expect(mail.signInLink).toBe("https://admin.tickets.test/");
  expect(await auditOf(employee.id)).toEqual([
    { action: "employee_factor_reset.requested", actor_id: ada.accountId, details: {} },
    { action: "employee_factor_reset.approved", actor_id: bea.accountId, details: { requestedBy: ada.accountId } },
  ]);
  await expect(approveEmployeeFactorReset(ctx, bea, { factorResetId })).rejects.toEqual(refusedWith("not_found"));
});

it("is approved neither by the admin who asked nor by the one whom it is for", async () => {
  const { ctx, ada, employee, factorResetId } = await lost();
  const { accountId, role, displayName } = { accountId: employee.id, ...employee };
  const self = { accountId, role, displayName, steppedUpUntil: ctx.clock() };
  const approve = (actor: typeof self) => approveEmployeeFactorReset(ctx, actor, { factorResetId });
  await expect(approve(ada)).rejects.toEqual(refusedWith("second_admin_required"));
  await expect(approve(self)).rejects.toEqual(refusedWith("own_account"));
  // Were these checks not there, the database would still say no.
  for (const approvedBy of [ada.accountId, employee.id]) {
    const change = { id: factorResetId, approvedBy, now: ctx.clock() };
    await expect(ctx.db.transaction().execute((trx) => markApproved(trx, change))).rejects.toEqual(
      refusedWith("second_admin_required"),
    );
  }
  expect(await factorsOf(employee.id)).toEqual([1, 1, 1]);
});

it("takes nobody for a second admin who has been one for less than 48 hours, asking or approving", async () => {
  const { ctx, clock, ada, employee } = await lost();
  const accomplice = await registerVisitor(ctx, "staff");
  await changeRole(ctx, ada, { accountId: accomplice.accountId, role: "admin" });
  const from = new Date(ctx.clock().getTime() + 48 * 3_600_000);
  const tooNew: unknown = expect.objectContaining({
    code: "second_admin_required",
    details: { from: from.toISOString() },
  });
  const { accountId: another } = await registerVisitor(ctx, "staff");
  clock.advance(47 * 3_600_000);
  await expect(requestEmployeeFactorReset(ctx, accomplice, { accountId: another })).rejects.toEqual(tooNew);
  await requestEmployeeFactorReset(ctx, ada, { accountId: employee.id });
  const factorResetId = await openReset(employee.id);
  clock.advance(3_600_000 - 1);
  await expect(approveEmployeeFactorReset(ctx, accomplice, { factorResetId })).rejects.toEqual(tooNew);
  expect(await factorsOf(employee.id)).toEqual([1, 1, 1]);
  clock.advance(1);
  await requestEmployeeFactorReset(ctx, accomplice, { accountId: another });
  await approveEmployeeFactorReset(ctx, accomplice, { factorResetId });
  expect(await factorsOf(employee.id)).toEqual([0, 0, 0]);
});

it("approved twenty times at once is done exactly once", async () => {
  const { ctx, employee, factorResetId } = await lost();
  const admins = await Promise.all(Array.from({ length: 20 }, () => registerVisitor(ctx, "admin")));
  const results = await Promise.allSettled(
    admins.map((admin) => approveEmployeeFactorReset(ctx, admin, { factorResetId })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of results) {
    if (result.status === "rejected") expect(["conflict", "not_found"]).toContain(codeOf(result.reason));
  }
  expect((await auditOf(employee.id)).filter(({ action }) => action.endsWith(".approved"))).toHaveLength(1);
});

const codeOf = (error: unknown): unknown => Reflect.get(Object(error), "code");

it("waits for a day, and can then be asked for anew", async () => {
  const { ctx, clock, ada, bea, employee, factorResetId } = await lost();
  const again = () => requestEmployeeFactorReset(ctx, ada, { accountId: employee.id });
  clock.advance(24 * 3_600_000 - 1);
  await expect(again()).rejects.toEqual(refusedWith("conflict"));
  clock.advance(1);
  await expect(approveEmployeeFactorReset(ctx, bea, { factorResetId })).rejects.toEqual(refusedWith("not_found"));
  await again();
  const fresh = await openReset(employee.id);
  expect(fresh).not.toBe(factorResetId);
  await approveEmployeeFactorReset(ctx, bea, { factorResetId: fresh });
  expect(await factorsOf(employee.id)).toEqual([0, 0, 0]);
});

it("is open once, however many ask for it at once", async () => {
  const { ctx, ada, bea } = await lost();
  const { id: accountId } = await registerAccount(ctx, "staff");
  const results = await Promise.allSettled(
    [ada, bea, ada, bea].map((admin) => requestEmployeeFactorReset(ctx, admin, { accountId })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("can be taken back by any admin, the one whom it is for among them", async () => {
  const { ctx, bea, employee, factorResetId } = await lost();
  const self = { accountId: employee.id, role: employee.role, displayName: "", steppedUpUntil: ctx.clock() };
  await cancelEmployeeFactorReset(ctx, self, { factorResetId });
  await expect(cancelEmployeeFactorReset(ctx, self, { factorResetId })).rejects.toEqual(refusedWith("not_found"));
  await expect(approveEmployeeFactorReset(ctx, bea, { factorResetId })).rejects.toEqual(refusedWith("not_found"));
  expect(await auditOf(employee.id)).toContainEqual({
    action: "employee_factor_reset.cancelled",
    actor_id: employee.id,
    details: {},
  });
  expect((await listStaff(ctx)).employees.find(({ id }) => id === employee.id)).toMatchObject({ factorReset: null });
});

it("is taken back by nobody who has lost the right to", async () => {
  const { ctx, ada, bea, factorResetId } = await lost();
  await disableEmployee(ctx, ada, { accountId: bea.accountId });
  await expect(cancelEmployeeFactorReset(ctx, bea, { factorResetId })).rejects.toEqual(refusedWith("forbidden"));
});

it("dies with the rights of the admin who asked", async () => {
  const { ctx, ada, bea, employee, factorResetId } = await lost();
  await changeRole(ctx, bea, { accountId: ada.accountId, role: "staff" });
  const third = await registerVisitor(ctx, "admin");
  await expect(approveEmployeeFactorReset(ctx, third, { factorResetId })).rejects.toEqual(refusedWith("not_found"));
  expect(await factorsOf(employee.id)).toEqual([1, 1, 1]);
});
