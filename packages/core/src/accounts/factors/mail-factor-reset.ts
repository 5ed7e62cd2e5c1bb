import type { AccountView } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { mailLink, queueMail } from "../../mail/queue-mail.ts";
import { issueMailToken } from "../mail-tokens/mail-tokens.ts";
import { cancelLinkHours, resetLinkHours } from "./factor-reset.ts";
import type { FactorReset } from "./factor-resets.queries.ts";

type Parts = Pick<CoreContext, "clock" | "random" | "keyring" | "policy">;

/** Tells the owner that everything was said to be lost, with a link that stops it. */
export async function mailFactorResetRequested(
  trx: Transaction<Database>,
  ctx: Parts,
  account: AccountView,
  reset: FactorReset,
): Promise<void> {
  const cancelLink = await linkFor(trx, ctx, reset, "factor_reset_cancel", cancelLinkHours);
  const content = { template: "factor_reset_requested", cancelLink, readyAt: reset.readyAt } as const;
  await queueMail(trx, ctx, { to: account.email, locale: account.locale, accountId: account.id, content });
}

/** Tells the owner that the time is over, with a link that takes the lost factors away and one that stops it. */
export async function mailFactorResetReady(
  trx: Transaction<Database>,
  ctx: Parts,
  account: AccountView,
  reset: FactorReset,
): Promise<void> {
  const link = await linkFor(trx, ctx, reset, "factor_reset", resetLinkHours);
  const cancelLink = await linkFor(trx, ctx, reset, "factor_reset_cancel", cancelLinkHours);
  const content = { template: "factor_reset_ready", link, cancelLink, hours: resetLinkHours } as const;
  await queueMail(trx, ctx, { to: account.email, locale: account.locale, accountId: account.id, content });
}

async function linkFor(
  trx: Transaction<Database>,
  ctx: Parts,
  { id: subjectId, accountId }: FactorReset,
  kind: "factor_reset" | "factor_reset_cancel",
  hours: number,
): Promise<string> {
  const secret = await issueMailToken(trx, ctx, { kind, accountId, subjectId, minutes: hours * 60 });
  // Only visitors come here: employees are helped by two admins.
  return mailLink(ctx, { audience: "shop", kind, secret });
}
