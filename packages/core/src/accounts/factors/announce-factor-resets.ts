import type { CoreContext } from "../../context.ts";
import { dropFactorReset } from "./drop-factor-reset.ts";
import { type FactorReset, listUnannouncedFactorResets, lockOwner, markAnnounced } from "./factor-resets.queries.ts";
import { mailFactorResetReady } from "./mail-factor-reset.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">;

/**
 * Mails the link to everybody whose 72 hours are over: once each, however many servers do this at once. One of
 * somebody who has become an employee since then is dropped. One that fails keeps nobody else waiting: all that failed
 * are thrown together at the end (`AggregateError`), and tried again the next time.
 */
export async function announceReadyFactorResets(ctx: Parts): Promise<void> {
  const failures: unknown[] = [];
  for (const reset of await listUnannouncedFactorResets(ctx.db, ctx.clock())) {
    try {
      await announce(ctx, reset);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "some factor resets could not be announced");
}

async function announce(ctx: Parts, { id, accountId }: Pick<FactorReset, "id" | "accountId">): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const account = await lockOwner(trx, accountId);
    if (account && account.role !== "visitor") {
      await dropFactorReset(trx, ctx, accountId, "role");
      return;
    }
    const reset = await markAnnounced(trx, id, ctx.clock());
    if (account && reset) await mailFactorResetReady(trx, ctx, account, reset);
  });
}
