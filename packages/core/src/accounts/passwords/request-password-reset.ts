import type { Audience, Locale, MailContent } from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { markMailSent } from "../../mail/mails.queries.ts";
import { appLink, mailLink, queueMail } from "../../mail/queue-mail.ts";
import type { Requester } from "../../ports.ts";
import { appOf } from "../account.ts";
import { lockRecipient } from "../accounts.queries.ts";
import { issueMailToken } from "../mail-tokens/mail-tokens.ts";

const minutes = 30;

/**
 * Sends a link to an address whose owner has forgotten the password, or has none. What is done and answered is the same
 * whether the address has an account or not; only its owner learns that, by what the mail says. A disabled account gets
 * nothing. `audience` is the app that asks. Throws what the limits throw.
 */
export async function requestPasswordReset(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  { email, locale, audience }: { email: string; locale: Locale; audience: Audience },
  requester: Requester,
): Promise<void> {
  await ctx.attempts.spend("reset_mail", { account: email, requester });
  await ctx.db.transaction().execute(async (trx) => {
    // Locked, so that no link goes to an address that the account has just left.
    const account = await lockRecipient(trx, email);
    const accountId = account?.id ?? null;
    // One that belongs to nobody is told to nobody.
    const secret = await issueMailToken(trx, ctx, { kind: "password_reset", accountId, minutes });
    const content: MailContent = account
      ? { template: "password_reset", link: resetLink(ctx, appOf(account.role, audience), secret), minutes }
      : { template: "password_reset_unknown", registerLink: appLink(ctx, "shop", "register") };
    const mailId = await queueMail(trx, ctx, { to: email, locale: account?.locale ?? locale, accountId, content });
    // The same work again, and then it is as if it had been sent.
    if (account?.disabledAt) await markMailSent(trx, mailId, ctx.clock());
    const subject = account && { subjectId: account.id };
    await writeAuditEntry(trx, ctx, { action: "password_reset.requested", ...subject });
  });
}

const resetLink = (ctx: Pick<CoreContext, "policy">, audience: Audience, secret: string): string =>
  mailLink(ctx, { audience, kind: "password_reset", secret });
