import type { CoreContext } from "../../context.ts";
import { dropFactorReset } from "./drop-factor-reset.ts";
import { listUnannouncedFactorResets, lockOwner, markAnnounced } from "./factor-resets.queries.ts";
import { mailFactorResetReady } from "./mail-factor-reset.ts";

/**
 * Mails the link to everybody whose 72 hours are over: once each, however many servers do this at once. One of
 * somebody who has become an employee since then is dropped.
 */
export async function announceReadyFactorResets(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
): Promise<void> {
  for (const { id, accountId } of await listUnannouncedFactorResets(ctx.db, ctx.clock())) {
    await ctx.db.transaction().execute(async (trx) => {
      const account = await lockOwner(trx, accountId);
      if (account && account.role !== "visitor") return void (await dropFactorReset(trx, ctx, accountId, "role"));
      const reset = await markAnnounced(trx, id, ctx.clock());
      if (account && reset) await mailFactorResetReady(trx, ctx, account, reset);
    });
  }
}
