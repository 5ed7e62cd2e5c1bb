import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { appLink, queueMail } from "../../mail/queue-mail.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { readMailToken, useMailToken } from "../mail-tokens/mail-tokens.ts";
import { dropFactorReset } from "./drop-factor-reset.ts";
import { frozenAfterMs } from "./factor-reset.ts";
import { findFactorReset, freezeHandOver, lockOwner, noteFactorsReset } from "./factor-resets.queries.ts";
import { deleteFactorsOf } from "./factors.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * Takes every second factor of an account away by the link that was mailed when its time had come, and ends all its auth
 * sessions: the next sign-in by password owes a first factor. Throws `link_expired`, or `factor_reset_too_early`.
 */
export async function completeFactorReset(ctx: Parts, { token }: { token: string }): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const kinds = ["factor_reset"] as const;
    // The account is locked before the token, as everywhere; and so the token is read before it is used.
    const { accountId, subjectId } = await readMailToken(trx, ctx, { token, kinds });
    const account = accountId === null ? undefined : await lockOwner(trx, accountId);
    const reset = account && (await findFactorReset(trx, account.id));
    // Whoever has become an employee since then is helped by two admins.
    if (!account || account.role !== "visitor" || reset?.id !== subjectId) throw new CodedError("link_expired");
    const now = ctx.clock();
    if (reset.readyAt > now) throw new CodedError("factor_reset_too_early");
    await useMailToken(trx, ctx, { token, kinds });

    await deleteFactorsOf(trx, account.id);
    await deleteMailTokensFor(trx, reset.id);
    await deleteAuthSessionsOf(trx, account.id);
    await noteFactorsReset(trx, account.id, now);
    await freezeHandOver(trx, account.id, new Date(now.getTime() + frozenAfterMs));
    const content = { template: "factor_reset_completed", signInLink: appLink(ctx, "shop", "account") } as const;
    await queueMail(trx, ctx, { to: account.email, locale: account.locale, accountId: account.id, content });
    await writeAuditEntry(trx, ctx, { action: "factor_reset.completed", subjectId: account.id });
  });
}

/** The owner says no, by the link of either mail: everything stays as it was. Throws `link_expired`. */
export async function cancelFactorReset(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  { token }: { token: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const { accountId } = await readMailToken(trx, ctx, { token, kinds: ["factor_reset_cancel"] });
    const dropped = accountId !== null && (await dropFactorReset(trx, ctx, accountId, "link"));
    // Its links go with a reset, and so only one that was dropped at this very moment leaves nothing to drop.
    if (!dropped) throw new CodedError("link_expired");
  });
}
