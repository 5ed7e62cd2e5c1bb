import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import {
  type AuthStandingView,
  type IssuedAuthSession,
  type KnownStanding,
  passSecondFactor,
} from "../auth-sessions/auth-sessions.ts";
import { burnRecoveryCode } from "./recovery-codes.queries.ts";
import { hashRecoveryCode } from "./recovery-codes.ts";

/**
 * The second factor by one of the ten recovery codes, which is burnt. It may be typed in any form.
 * Throws `wrong_code`, `code_already_used` or `too_many_requests`.
 */
export function verifyRecoveryCode(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const accountId = standing.account.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, () =>
    ctx.db.transaction().execute(async (trx) => {
      const usedAt = ctx.clock();
      const outcome = await burnRecoveryCode(trx, { accountId, codeHash: hashRecoveryCode(code), usedAt });
      if (outcome === "unknown") throw new CodedError("wrong_code");
      if (outcome === "used_before") throw new CodedError("code_already_used");
      return passSecondFactor(trx, ctx, standing);
    }),
  );
}
