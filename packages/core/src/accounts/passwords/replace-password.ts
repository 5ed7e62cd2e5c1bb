import type { Audience } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { appLink, queueMail } from "../../mail/queue-mail.ts";
import { appOf } from "../account.ts";
import { type LiveAccount, updatePasswordHash } from "../accounts.queries.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import { deleteMailTokensOf } from "../mail-tokens/mail-tokens.queries.ts";

/**
 * Gives an account, locked by the transaction, another password. Whoever came in by the old one is out: every auth
 * session ends, in every app, but the one to keep; links to reset the password die. The owner learns of it by mail.
 */
export async function replacePassword(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  { account, passwordHash, keep, asked }: Replacement,
): Promise<void> {
  const { id: accountId, email, locale, role } = account;
  await updatePasswordHash(trx, { accountId, passwordHash });
  await deleteAuthSessionsOf(trx, accountId, keep);
  await deleteMailTokensOf(trx, accountId, ["password_reset"]);
  const resetLink = appLink(ctx, appOf(role, asked), "forgotten-password");
  await queueMail(trx, ctx, { to: email, locale, accountId, content: { template: "password_changed", resetLink } });
}

type Replacement = {
  account: LiveAccount;
  passwordHash: string;
  /** The auth session that goes on, if one does. */
  keep: { except?: string };
  /** The app in which it was asked for. */
  asked: Audience;
};
