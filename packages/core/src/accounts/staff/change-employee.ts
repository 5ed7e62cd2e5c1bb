import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { refuseInvitedBy } from "../../gate/scanners/scanners.queries.ts";
import { endShifts } from "../../gate/shifts/end-shifts.ts";
import type { Actor } from "../../ports.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { cancelFactorResets } from "./employee-factor-resets.queries.ts";
import { type Employee, lockAdmin, lockEmployeeAndAdmins, lockEmployeeRole } from "./employees.queries.ts";
import { markRevoked } from "./invitations.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random">;

/**
 * The first statement of what an admin does that is about no employee's account: whoever takes their rights at the same
 * moment waits for it, and undoes it. Throws `forbidden` for who is no admin any more.
 */
export async function demandAdmin(trx: Transaction<Database>, actor: Pick<Actor, "accountId">): Promise<void> {
  if (!(await lockAdmin(trx, actor.accountId))) throw new CodedError("forbidden");
}

/** The same for what supervisors may do as well. */
export async function demandSupervisor(trx: Transaction<Database>, actor: Pick<Actor, "accountId">): Promise<void> {
  const role = await lockEmployeeRole(trx, actor.accountId);
  if (role !== "supervisor" && role !== "admin") throw new CodedError("forbidden");
}

/**
 * Everything that an admin does to an employee goes through here, in one transaction. Whoever acts must still be an admin
 * when it is their turn, and never acts on their own account: so an admin is always left, however many take each other's
 * rights at once. `change` is told of all admins who may act. Throws `own_account`, `forbidden`, or `not_found` for who is no employee.
 */
export async function changeEmployee(
  ctx: Pick<CoreContext, "db">,
  actor: Actor,
  accountId: string,
  change: (
    trx: Transaction<Database>,
    employee: Employee,
    admin: Employee,
    admins: readonly Employee[],
  ) => Promise<void>,
): Promise<void> {
  if (accountId === actor.accountId) throw new CodedError("own_account");
  await ctx.db.transaction().execute(async (trx) => {
    const locked = await lockEmployeeAndAdmins(trx, accountId);
    const admin = locked.find(({ id }) => id === actor.accountId);
    if (!admin) throw new CodedError("forbidden");
    const employee = locked.find(({ id }) => id === accountId);
    if (!employee) throw new CodedError("not_found");
    const admins = locked.filter(({ role, disabledAt }) => role === "admin" && disabledAt === null);
    await change(trx, employee, admin, admins);
  });
}

/**
 * Ends what somebody who loses rights has under way: auth sessions in every app, shifts, invitations of people and of
 * tablets that they made, and resets of factors that they asked for or that are for them. Who invites a friend before being
 * found out gains nothing by it.
 */
export async function endWhatIsUnderWay(
  trx: Transaction<Database>,
  ctx: Parts,
  actor: Actor,
  accountId: string,
): Promise<void> {
  const now = ctx.clock();
  await deleteAuthSessionsOf(trx, accountId);
  // After the auth sessions: whoever begins a shift with one at this moment has the account's row until it is there.
  await endShifts(trx, ctx, { accountId }, { by: actor.accountId });
  for (const subjectId of await refuseInvitedBy(trx, accountId)) {
    await writeAuditEntry(trx, ctx, { action: "scanner.refused", actorId: actor.accountId, subjectId });
  }
  for (const subjectId of await markRevoked(trx, { by: "invited_by", value: accountId, now })) {
    await deleteMailTokensFor(trx, subjectId);
    await writeAuditEntry(trx, ctx, { action: "invitation.revoked", actorId: actor.accountId, subjectId });
  }
  const cancelled = [
    ...(await cancelFactorResets(trx, { by: "requested_by", value: accountId, now })),
    ...(await cancelFactorResets(trx, { by: "account_id", value: accountId, now })),
  ];
  for (const subjectId of cancelled) {
    await writeAuditEntry(trx, ctx, { action: "employee_factor_reset.cancelled", actorId: actor.accountId, subjectId });
  }
}
