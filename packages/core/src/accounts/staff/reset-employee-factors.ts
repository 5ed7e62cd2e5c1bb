import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { appLink, mailLink, queueMail } from "../../mail/queue-mail.ts";
import type { Actor } from "../../ports.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import { deleteFactorsOf } from "../factors/factors.queries.ts";
import { deleteMailTokensOf } from "../mail-tokens/mail-tokens.queries.ts";
import { issueMailToken } from "../mail-tokens/mail-tokens.ts";
import { changeEmployee, demandAdmin } from "./change-employee.ts";
import {
  cancelExpiredFactorReset,
  cancelFactorResets,
  findOpenFactorReset,
  insertEmployeeFactorReset,
  markApproved,
} from "./employee-factor-resets.queries.ts";
import { type Employee, removePassword } from "./employees.queries.ts";
import { appOfRole } from "./invite-employee.ts";
import { refuseNewAdmin } from "./second-admin.ts";

const hours = 24;
/** Of the link to a new password; whoever comes later asks for another one. */
const passwordLinkMinutes = 30;

type Parts = Pick<CoreContext, "db" | "clock" | "random">;

/**
 * One admin asks that an employee who has lost every second factor may enrol anew; within 24 hours another one approves.
 * All other admins get a mail, and so does the employee: who has lost nothing can object.
 * Throws `conflict` if one is open, `second_admin_required` with `from` for who has been an admin for less than 48 hours,
 * `own_account`, `not_found`, or `forbidden` if the one who acts has just lost the right to.
 */
export async function requestEmployeeFactorReset(
  ctx: Parts & Pick<CoreContext, "keyring" | "policy">,
  actor: Actor,
  { accountId }: { accountId: string },
): Promise<void> {
  await changeEmployee(ctx, actor, accountId, async (trx, employee, admin, admins) => {
    const requestedAt = ctx.clock();
    refuseNewAdmin(admin, requestedAt);
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
    await mailRequest(trx, ctx, { employee, requester: admin, admins });
  });
}

/** Any admin takes it back, whoever it is for. Throws `not_found` for one that is not open, or `forbidden`. */
export async function cancelEmployeeFactorReset(
  ctx: Parts,
  actor: Actor,
  { factorResetId }: { factorResetId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await demandAdmin(trx, actor);
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
 * The second admin's yes: TOTP, passkeys, recovery codes and the password are gone, all auth sessions end. Coming back takes
 * the mailbox, where a link to a new password lies; without it, whoever knows the old one could enrol first. Throws
 * `second_admin_required` for the one who asked, and with `from` for who has been an admin for less than 48 hours;
 * `own_account` for the one whom it is for, `not_found` for one that is not open, `conflict` if somebody was faster, or
 * `forbidden` if the one who acts has just lost the right to.
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
  await changeEmployee(ctx, actor, accountId, async (trx, employee, admin) => {
    const now = ctx.clock();
    refuseNewAdmin(admin, now);
    const approval = { id: factorResetId, approvedBy: actor.accountId, now };
    if (!(await markApproved(trx, approval))) throw new CodedError("conflict");
    await deleteFactorsOf(trx, accountId);
    await removePassword(trx, accountId);
    await deleteMailTokensOf(trx, accountId, ["password_reset"]);
    await deleteAuthSessionsOf(trx, accountId);
    await mailWayBack(trx, ctx, employee);
    await writeAuditEntry(trx, ctx, {
      action: "employee_factor_reset.approved",
      actorId: actor.accountId,
      subjectId: accountId,
      details: { requestedBy },
    });
  });
}

async function mailRequest(
  trx: Transaction<Database>,
  ctx: Parts & Pick<CoreContext, "keyring" | "policy">,
  { employee, requester, admins }: { employee: Employee; requester: Employee; admins: readonly Employee[] },
): Promise<void> {
  const requestedBy = requester.displayName;
  const staffLink = appLink(ctx, "admin", "staff");
  for (const { id, email, locale } of admins.filter((admin) => admin.id !== requester.id && admin.id !== employee.id)) {
    await queueMail(trx, ctx, {
      to: email,
      locale,
      accountId: id,
      content: {
        template: "employee_factor_reset_requested",
        employee: employee.displayName,
        requestedBy,
        staffLink,
        hours,
      },
    });
  }
  await queueMail(trx, ctx, {
    to: employee.email,
    locale: employee.locale,
    accountId: employee.id,
    content: { template: "own_factor_reset_requested", requestedBy },
  });
}

/** What has happened, and a link to a new password, with which a new second factor is enrolled. */
async function mailWayBack(
  trx: Transaction<Database>,
  ctx: Parts & Pick<CoreContext, "keyring" | "policy">,
  { id: accountId, email: to, locale, role }: Employee,
): Promise<void> {
  const audience = appOfRole(role);
  const minutes = passwordLinkMinutes;
  const secret = await issueMailToken(trx, ctx, { kind: "password_reset", accountId, minutes });
  const link = mailLink(ctx, { audience, kind: "password_reset", secret });
  for (const content of [
    { template: "factor_reset_completed", signInLink: appLink(ctx, audience, "") },
    { template: "password_reset", link, minutes },
  ] as const) {
    await queueMail(trx, ctx, { to, locale, accountId, content });
  }
}
