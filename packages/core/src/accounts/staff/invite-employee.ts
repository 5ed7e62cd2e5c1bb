import type { Audience, EmployeeRole, Locale } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { mailLink, queueMail } from "../../mail/queue-mail.ts";
import type { Actor, Policy } from "../../ports.ts";
import { findAccountByEmail, findRecipient } from "../accounts.queries.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { issueMailToken } from "../mail-tokens/mail-tokens.ts";
import { demandAdmin } from "./change-employee.ts";
import { insertInvitation, markRevoked } from "./invitations.queries.ts";

const hours = 48;

type Parts = Pick<CoreContext, "db" | "clock" | "random"> & { policy: Pick<Policy, "appUrls"> };
type Invited = { email: string; role: EmployeeRole; locale: Locale };

/**
 * Invites somebody by mail: one use, 48 hours. A new invitation for an address takes the place of the one that is open.
 * Throws `conflict` for an address that an employee has already: then it is the role that is to be changed; `forbidden` if
 * the one who invites has just lost the right to.
 */
export async function inviteEmployee(
  ctx: Parts & Pick<CoreContext, "keyring">,
  actor: Actor,
  invited: Invited,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await demandAdmin(trx, actor);
    const known = await findAccountByEmail(trx, invited.email);
    if (known !== undefined && known.role !== "visitor") throw new CodedError("conflict", { role: known.role });
    const { link } = await makeInvitation(trx, ctx, invited, actor);
    await queueMail(trx, ctx, {
      to: invited.email,
      locale: invited.locale,
      accountId: known?.id ?? null,
      content: { template: "invitation", link, role: invited.role, hours, invitedBy: actor.displayName },
    });
  });
}

/**
 * Makes an invitation without an admin who sends it, for the command that makes the first one: gives its link, which
 * whoever runs the command hands on, and whether it is for an account that is there. Throws `conflict` if the address is
 * an admin's already, `account_disabled` if its account was shut.
 */
export async function inviteAdmin(
  ctx: Parts,
  { email, locale }: { email: string; locale: Locale },
): Promise<{ link: string; expiresAt: Date; hasAccount: boolean }> {
  const known = await findRecipient(ctx.db, email);
  if (known && known.disabledAt !== null) throw new CodedError("account_disabled");
  if (known?.role === "admin") throw new CodedError("conflict", { role: known.role });
  const invited = { email, locale, role: "admin" } as const;
  const made = await ctx.db.transaction().execute((trx) => makeInvitation(trx, ctx, invited, null));
  return { ...made, hasAccount: known !== undefined };
}

/** Where somebody of a role works, and so where the links of their mails lead. */
export const appOfRole = (role: EmployeeRole): Audience => (role === "admin" ? "admin" : "scanner");

async function makeInvitation(
  trx: Transaction<Database>,
  ctx: Omit<Parts, "db">,
  invited: Invited,
  actor: Actor | null,
): Promise<{ link: string; expiresAt: Date }> {
  const id = newId(ctx);
  const createdAt = ctx.clock();
  const expiresAt = new Date(createdAt.getTime() + hours * 3_600_000);
  const by = actor === null ? {} : { actorId: actor.accountId };
  const replaced = await markRevoked(trx, { by: "email", value: invited.email, now: createdAt });
  for (const old of replaced) {
    await deleteMailTokensFor(trx, old);
    await writeAuditEntry(trx, ctx, {
      action: "invitation.revoked",
      ...by,
      subjectId: old,
      details: { replaced: true },
    });
  }
  await insertInvitation(trx, { ...invited, id, createdAt, expiresAt, invitedBy: actor?.accountId ?? null });
  const secret = await issueMailToken(trx, ctx, {
    kind: "invitation",
    accountId: null,
    subjectId: id,
    minutes: hours * 60,
  });
  await writeAuditEntry(trx, ctx, {
    action: "invitation.made",
    ...by,
    subjectId: id,
    details: { role: invited.role, locale: invited.locale },
  });
  return { link: mailLink(ctx, { audience: appOfRole(invited.role), kind: "invitation", secret }), expiresAt };
}
