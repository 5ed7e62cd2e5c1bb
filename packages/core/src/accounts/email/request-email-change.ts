import type { Audience } from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { appLink, mailLink, queueMail } from "../../mail/queue-mail.ts";
import type { Requester } from "../../ports.ts";
import { appOf } from "../account.ts";
import { findAccountByEmail, lockLiveAccount } from "../accounts.queries.ts";
import type { SignedIn } from "../auth-sessions/auth-sessions.ts";
import { deleteMailTokensOf } from "../mail-tokens/mail-tokens.queries.ts";
import { issueMailToken } from "../mail-tokens/mail-tokens.ts";
import { deleteEmailChangesExpiredBy, replaceEmailChange } from "./email-changes.queries.ts";

const hours = 24;

/**
 * Asks both addresses, the old and the new one, whether the account shall change from the one to the other. One change
 * is open for an account: a new request ends the one before. An address that has an account already is told so, itself
 * only: the answer is the same, and since its link is told to nobody the change never comes about.
 * Throws `email_taken` for the account's own address, `not_signed_in`, and what the limits throw.
 */
export async function requestEmailChange(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  { account: { id: accountId, email }, authSession: { audience } }: Pick<SignedIn, "account" | "authSession">,
  { email: newEmail }: { email: string },
  requester: Requester,
): Promise<void> {
  if (newEmail === email) throw new CodedError("email_taken");
  // Of the two mails this one may go to somebody who has asked for nothing.
  await ctx.attempts.spend("change_mail", { account: newEmail, requester });
  const taker = await findAccountByEmail(ctx.db, newEmail);
  await ctx.db.transaction().execute(async (trx) => {
    const account = await lockLiveAccount(trx, accountId);
    if (account === undefined) throw new CodedError("not_signed_in");
    const createdAt = ctx.clock();
    const expiresAt = new Date(createdAt.getTime() + hours * 3_600_000);
    const change = { id: newId(ctx), accountId, newEmail, createdAt, expiresAt };
    await replaceEmailChange(trx, change);
    await deleteMailTokensOf(trx, accountId, ["email_change_old", "email_change_new"]);

    const link = async (kind: "email_change_old" | "email_change_new", app: Audience): Promise<string> => {
      const secret = await issueMailToken(trx, ctx, { kind, accountId, subjectId: change.id, minutes: hours * 60 });
      return mailLink(ctx, { audience: app, kind: "email_change", secret });
    };
    await queueMail(trx, ctx, {
      to: account.email,
      locale: account.locale,
      accountId,
      content: { template: "email_change_old", link: await link("email_change_old", audience), newEmail, hours },
    });
    const newLink = await link("email_change_new", audience);
    await queueMail(trx, ctx, {
      to: newEmail,
      locale: taker?.locale ?? account.locale,
      // Never of whoever asks: their own list of mails would tell them whether the address has an account.
      accountId: taker?.id ?? null,
      content: taker
        ? { template: "email_change_taken", signInLink: appLink(ctx, appOf(taker.role, audience), "account") }
        : { template: "email_change_new", link: newLink, hours },
    });
    await writeAuditEntry(trx, ctx, { action: "email_change.requested", actorId: accountId, subjectId: accountId });
  });
}

/** Forgets changes that were never confirmed; it only keeps the table small, and addresses no longer than needed. */
export async function forgetExpiredEmailChanges({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteEmailChangesExpiredBy(db, clock());
}
