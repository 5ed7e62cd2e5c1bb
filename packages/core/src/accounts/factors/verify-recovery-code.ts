import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { burnRecoveryCode, countRecoveryCodesLeft } from "./recovery-codes.queries.ts";
import { hashRecoveryCode } from "./recovery-codes.ts";
import { acceptSecondFactor, type Passed, trySecondFactor } from "./second-factor.ts";
import { tellOwner } from "./tell-owner.ts";

/**
 * The second factor by one of the ten recovery codes, which is burnt, and the owner told by mail. It may be typed in any
 * form. Throws `wrong_code`, `code_already_used`, or what the limits throw.
 */
export function verifyRecoveryCode(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<Passed> {
  const accountId = standing.account.id;
  return trySecondFactor(ctx, { standing, method: "recovery_code", requester }, () =>
    acceptSecondFactor(ctx, standing, "recovery_code", async (trx) => {
      const usedAt = ctx.clock();
      const outcome = await burnRecoveryCode(trx, { accountId, codeHash: hashRecoveryCode(code), usedAt });
      if (outcome === "unknown") throw new CodedError("wrong_code");
      if (outcome === "used_before") throw new CodedError("code_already_used");
      const left = await countRecoveryCodesLeft(trx, accountId);
      await tellOwner(trx, ctx, standing, { template: "recovery_code_used", left });
    }),
  );
}
