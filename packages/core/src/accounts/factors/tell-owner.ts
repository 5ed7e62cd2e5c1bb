import type { FactorKind, MailContent } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { appLink, queueMail } from "../../mail/queue-mail.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";

type News =
  | { template: "factor_added" | "factor_removed"; factor: FactorKind }
  | { template: "recovery_code_used"; left: number }
  | { template: "recovery_codes_replaced" };

/** Mails an account's owner what has changed about signing in, with a link to where it can be seen and undone. */
export async function tellOwner(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random" | "keyring" | "policy">,
  { account, authSession }: KnownStanding,
  news: News,
): Promise<void> {
  const content: MailContent = { ...news, accountLink: appLink(ctx, authSession.audience, "account") };
  await queueMail(trx, ctx, { to: account.email, locale: account.locale, accountId: account.id, content });
}
