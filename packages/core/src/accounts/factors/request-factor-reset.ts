import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { frozenUntil, hasLapsed, readyAfter } from "./factor-reset.ts";
import {
  deleteFactorReset,
  type FactorReset,
  findFactorReset,
  freezeHandOver,
  insertFactorReset,
  lockOwner,
  readMailboxHistory,
  wasMailedSince,
} from "./factor-resets.queries.ts";
import { mailFactorResetReady, mailFactorResetRequested } from "./mail-factor-reset.ts";

const day = 24 * 3_600_000;

/**
 * Somebody who knows the password says that every second factor is lost. The owner is told by mail, has 72 hours to say
 * no (seven days after a reset of the password by mail or a change of the address), and then gets a link; meanwhile and for 72 hours more no ticket changes hands. Asked again, the answer is the same
 * moment, with one mail a day at most. Throws `forbidden` for employees, whom two admins help, and `conflict` unless a
 * second factor is what is missing.
 */
export async function requestFactorReset(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  { state, account: { id: accountId, role } }: KnownStanding,
): Promise<{ readyAt: Date }> {
  if (role !== "visitor") throw new CodedError("forbidden", { role });
  if (state !== "verify") throw new CodedError("conflict");
  return ctx.db.transaction().execute(async (trx) => {
    const account = await lockOwner(trx, accountId);
    if (!account) throw new CodedError("not_signed_in");
    // Since the auth session was read, an invitation may have been accepted.
    if (account.role !== "visitor") throw new CodedError("forbidden", { role: account.role });
    const now = ctx.clock();
    const waiting = await findFactorReset(trx, accountId);
    if (waiting && !hasLapsed(waiting, now)) {
      // A link that is on its way is no reason for another mail, nor is one that is about to be.
      const announced = waiting.readyMailedAt !== null;
      const due = announced || waiting.readyAt > now;
      if (due && !(await wasMailedSince(trx, waiting, new Date(now.getTime() - day)))) {
        await (announced ? mailFactorResetReady : mailFactorResetRequested)(trx, ctx, account, waiting);
      }
      return { readyAt: waiting.readyAt };
    }
    if (waiting) {
      await deleteFactorReset(trx, waiting.id);
      await deleteMailTokensFor(trx, waiting.id);
    }
    const readyAt = readyAfter(now, await readMailboxHistory(trx, accountId));
    const times = { requestedAt: now, readyAt, readyMailedAt: null };
    const reset: FactorReset = { id: newId(ctx), accountId, ...times };
    await insertFactorReset(trx, reset);
    await freezeHandOver(trx, accountId, frozenUntil(reset));
    await mailFactorResetRequested(trx, ctx, account, reset);
    await writeAuditEntry(trx, ctx, { action: "factor_reset.requested", subjectId: accountId });
    return { readyAt: reset.readyAt };
  });
}
