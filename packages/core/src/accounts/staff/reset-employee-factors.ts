import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { appLink, queueMail } from "../../mail/queue-mail.ts";
import type { Actor } from "../../ports.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import { deleteFactorsOf } from "../factors/factors.queries.ts";
import { changeEmployee } from "./change-employee.ts";
import {
  cancelExpiredFactorReset,
  cancelFactorResets,
  findOpenFactorReset,
  insertEmployeeFactorReset,
  markApproved,
} from "./employee-factor-resets.queries.ts";
import { appOfRole } from "./invite-employee.ts";

const hours = 24;

type Parts = Pick<CoreContext, "db" | "clock" | "random">;

/**
 * One admin asks that an employee who has lost every second factor may enrol anew; within 24 hours another one approves.
 * Throws `conflict` if one is open, `own_account`, `not_found`, or `forbidden` if the one who acts has just lost the
 * right to.
 */
export async function requestEmployeeFactorReset(
  ctx: Parts,
  actor: Actor,
  { accountId }: { accountId: string },
): Promise<void> {
  await changeEmployee(ctx, actor, accountId, async (trx) => {
    const requestedAt = ctx.clock();
    await cancelExpiredFactorReset(trx, { accountId, now: requestedAt });
    await insertEmployeeFactorReset(trx, {
      id: newId(ctx),
      accountId,
      requestedBy: actor.accountId,
      requestedAt,
      expiresAt: new Date(requestedAt.getTime() + hours * 3_600_000),
    });
    await writeAuditEntry(trx, ctx, {
      action: "employee_factor_reset.requested",
      actorId: actor.accountId,
      subjectId: accountId,
    });
  });
}

/** Any admin takes it back, whoever it is for. Throws `not_found` for one that is not open. */
export async function cancelEmployeeFactorReset(
  ctx: Parts,
  actor: Actor,
  { factorResetId }: { factorResetId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const [accountId] = await cancelFactorResets(trx, { by: "id", value: factorResetId, now: ctx.clock() });
    if (accountId === undefined) throw new CodedError("not_found");
    await writeAuditEntry(trx, ctx, {
      action: "employee_factor_reset.cancelled",
      actorId: actor.accountId,
      subjectId: accountId,
    });
  });
}

/**
 * The second admin's yes: TOTP, passkeys and recovery codes are gone, all auth sessions end, and the next sign-in enrols a
 * second factor anew. Throws `second_admin_required` for the one who asked, `own_account` for the one whom it is for,
 * `not_found` for one that is not open, `conflict` if somebody was faster, or `forbidden` if the one who acts has just
 * lost the right to.
 */
export async function approveEmployeeFactorReset(
  ctx: Parts & Pick<CoreContext, "keyring" | "policy">,
  actor: Actor,
  { factorResetId }: { factorResetId: string },
): Promise<void> {
  const reset = await findOpenFactorReset(ctx.db, { id: factorResetId, now: ctx.clock() });
  if (!reset) throw new CodedError("not_found");
  const { accountId, requestedBy } = reset;
  if (requestedBy === actor.accountId) throw new CodedError("second_admin_required");
  await changeEmployee(ctx, actor, accountId, async (trx, { email, locale, role }) => {
    const approval = { id: factorResetId, approvedBy: actor.accountId, now: ctx.clock() };
    if (!(await markApproved(trx, approval))) throw new CodedError("conflict");
    await deleteFactorsOf(trx, accountId);
    await deleteAuthSessionsOf(trx, accountId);
    const content = { template: "factor_reset_completed", signInLink: appLink(ctx, appOfRole(role), "") } as const;
    await queueMail(trx, ctx, { to: email, locale, accountId, content });
    await writeAuditEntry(trx, ctx, {
      action: "employee_factor_reset.approved",
      actorId: actor.accountId,
      subjectId: accountId,
      details: { requestedBy },
    });
  });
}
