import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import {
  type AuthStandingView,
  type IssuedAuthSession,
  type KnownStanding,
  passSecondFactor,
} from "../auth-sessions/auth-sessions.ts";
import { dropFactorReset } from "./drop-factor-reset.ts";

/** What somebody showed. */
export type FactorMethod = "totp" | "passkey" | "recovery_code";

/** How signing in goes on: a new token for the cookie, and where one stands now. */
export type Passed = { authSession: IssuedAuthSession; standing: AuthStandingView };

/** Runs one try at a second factor: not too many, and what was wrong is written down. Throws what the limits throw. */
export function trySecondFactor<T>(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "attempts">,
  { standing, method, requester }: { standing: KnownStanding; method: FactorMethod; requester: Requester },
  attempt: () => Promise<T>,
): Promise<T> {
  const accountId = standing.account.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof CodedError && wrong.has(error.code)) {
        const details = { method, code: error.code };
        // Who has shown both factors before is known; with a password alone it may be anybody.
        const by = standing.state === "signed_in" ? { actorId: accountId } : {};
        await writeAuditEntry(ctx.db, ctx, { action: "factor.wrong_code", ...by, subjectId: accountId, details });
      }
      throw error;
    }
  });
}

const wrong: ReadonlySet<string> = new Set(["wrong_code", "code_already_used", "passkey_refused", "factor_worn_out"]);

/**
 * What follows when a second factor is right: signing in ends, or somebody signed in has stepped up. `spend` makes sure
 * that what was shown works only once. Whoever holds a factor has not lost them all, and so a reset that waits is
 * dropped; first of all, since accounts are locked before what belongs to them. Throws what `spend` throws, and
 * `not_signed_in`.
 */
export function acceptSecondFactor(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  standing: KnownStanding,
  method: FactorMethod,
  spend: (trx: Transaction<Database>) => Promise<void>,
): Promise<Passed> {
  return ctx.db.transaction().execute(async (trx) => {
    await dropFactorReset(trx, ctx, standing.account.id, method);
    await spend(trx);
    const passed = await passSecondFactor(trx, ctx, standing);
    await noteSecondFactor(trx, ctx, standing, method);
    return passed;
  });
}

/** Writes down that somebody has signed in, or stepped up. */
export async function noteSecondFactor(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { state, account, authSession }: KnownStanding,
  method: FactorMethod,
): Promise<void> {
  await writeAuditEntry(trx, ctx, {
    action: state === "signed_in" ? "step_up.succeeded" : "sign_in.succeeded",
    actorId: account.id,
    subjectId: account.id,
    details: { method, audience: authSession.audience },
  });
}
