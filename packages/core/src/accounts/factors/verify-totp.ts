import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import {
  type AuthStandingView,
  type IssuedAuthSession,
  type KnownStanding,
  passSecondFactor,
} from "../auth-sessions/auth-sessions.ts";
import { findTotpFactor, raiseLastStep } from "./totp-factors.queries.ts";
import { totpSecretPlace, totpStepOf } from "./totp.ts";

/**
 * The second factor by authenticator app: ends signing in, or, for somebody signed in, is the step-up. No code works
 * twice, nor one older than the last. `code` is six digits.
 * Throws `totp_not_enrolled`, `wrong_code`, `code_already_used` or `too_many_requests`.
 */
export function verifyTotp(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const accountId = standing.account.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    const factor = await findTotpFactor(ctx.db, accountId);
    if (!factor?.confirmedAt) throw new CodedError("totp_not_enrolled");
    const secret = ctx.keyring.open("totp", factor.sealedSecret, totpSecretPlace(accountId));
    const step = await totpStepOf(code, secret, ctx.clock());
    if (step === undefined) throw new CodedError("wrong_code");
    return ctx.db.transaction().execute(async (trx) => {
      if (!(await raiseLastStep(trx, accountId, step))) throw new CodedError("code_already_used");
      return passSecondFactor(trx, ctx, standing);
    });
  });
}
