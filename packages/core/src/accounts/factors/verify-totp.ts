import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { acceptSecondFactor, type Passed, trySecondFactor } from "./second-factor.ts";
import { countTotpTry, findTotpFactor, raiseLastStep } from "./totp-factors.queries.ts";
import { totpSecretPlace, totpStepOf } from "./totp.ts";

/** In 24 hours, by whoever knows the password: then only another factor helps, until the day is over. */
const mostWrongCodes = 100;
const wearsOffMs = 24 * 3_600_000;

/**
 * The second factor by authenticator app: ends signing in, or, for somebody signed in, is the step-up. No code works
 * twice, nor one older than the last (RFC 6238 section 5.2). `code` is six digits.
 * Throws `totp_not_enrolled`, `wrong_code`, `code_already_used`, `factor_worn_out`, or what the limits throw.
 */
export function verifyTotp(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<Passed> {
  const accountId = standing.account.id;
  return trySecondFactor(ctx, { standing, method: "totp", requester }, async () => {
    const now = ctx.clock();
    const countedSince = new Date(now.getTime() - wearsOffMs);
    // Counted before it is looked at, so that many at once are not more than one by one; a right one is given back.
    const counted = await countTotpTry(ctx.db, { accountId, now, countedSince, most: mostWrongCodes });
    if (!counted) {
      const factor = await findTotpFactor(ctx.db, accountId);
      throw new CodedError(factor?.confirmedAt ? "factor_worn_out" : "totp_not_enrolled");
    }
    const secret = ctx.keyring.open("totp", counted.sealedSecret, totpSecretPlace(accountId));
    const step = await totpStepOf(code, secret, now);
    if (step === undefined) throw new CodedError("wrong_code");
    return acceptSecondFactor(ctx, standing, "totp", async (trx) => {
      if (!(await raiseLastStep(trx, accountId, step))) throw new CodedError("code_already_used");
    });
  });
}
