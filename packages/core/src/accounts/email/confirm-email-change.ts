import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { type LiveAccount, lockLiveAccount, updateEmail } from "../accounts.queries.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import type { AuthStanding } from "../auth-sessions/auth-sessions.ts";
import { dropFactorReset } from "../factors/drop-factor-reset.ts";
import { deleteMailTokensOf } from "../mail-tokens/mail-tokens.queries.ts";
import { readMailToken, useMailToken } from "../mail-tokens/mail-tokens.ts";
import { confirmEmailChangeAt, deleteEmailChangeOf } from "./email-changes.queries.ts";

const kinds = ["email_change_old", "email_change_new"] as const;

/**
 * Says yes for the address that a link was mailed to, whoever is signed in. When both have, in any order, the account has
 * its new address; what was mailed to the old one dies, links to reset the password or the factors, and so does every
 * auth session but the one that `asking` has. Each link counts once, however often it comes at once.
 * Throws `link_expired`, and `email_taken` when somebody registered the new address meanwhile.
 */
export async function confirmEmailChange(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring">,
  { token }: { token: string },
  asking: AuthStanding,
): Promise<{ changed: boolean }> {
  const { accountId } = await readMailToken(ctx.db, ctx, { token, kinds });
  if (accountId === null) throw new CodedError("link_expired");
  const acting = { actorId: accountId, subjectId: accountId };
  return ctx.db.transaction().execute(async (trx) => {
    // The account first, as everywhere, and then the token.
    const account = await lockLiveAccount(trx, accountId);
    const { kind, subjectId } = await useMailToken(trx, ctx, { token, kinds });
    const address = kind === "email_change_old" ? "old" : "new";
    const change = subjectId && (await confirmEmailChangeAt(trx, { id: subjectId, address, at: ctx.clock() }));
    if (!account || !change) throw new CodedError("link_expired");
    await writeAuditEntry(trx, ctx, { action: "email_change.confirmed", ...acting, details: { address } });
    if (!change.complete) return { changed: false };
    const isOwner = asking.state === "signed_in" && asking.account.id === accountId;
    const keep = isOwner ? { except: asking.authSession.id } : {};
    await complete(trx, ctx, { account, newEmail: change.newEmail, keep });
    await writeAuditEntry(trx, ctx, { action: "email_change.completed", ...acting });
    return { changed: true };
  });
}

async function complete(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random" | "keyring">,
  { account, newEmail, keep }: { account: LiveAccount; newEmail: string; keep: { except?: string } },
): Promise<void> {
  const { id: accountId, email: oldEmail, locale } = account;
  await updateEmail(trx, { accountId, email: newEmail, at: ctx.clock() });
  await deleteEmailChangeOf(trx, accountId);
  await deleteMailTokensOf(trx, accountId, ["password_reset", ...kinds]);
  // Its links went to the old address.
  await dropFactorReset(trx, ctx, accountId, "email_change");
  await deleteAuthSessionsOf(trx, accountId, keep);
  for (const to of [oldEmail, newEmail]) {
    await queueMail(trx, ctx, { to, locale, accountId, content: { template: "email_changed", newEmail } });
  }
}
