import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { addFactor, type FactorAdded } from "./add-factor.ts";
import { confirmTotpReplacement } from "./replace-totp.ts";
import { confirmTotpFactor, findTotpFactor } from "./totp-factors.queries.ts";
import { clockAheadOf, totpSecretPlace, totpStepOf } from "./totp.ts";

/**
 * Makes the TOTP factor count, once its app has shown a right code to the auth session that was shown its secret: that is
 * then signed in. `code` is six digits. Throws `totp_not_enrolled`, `totp_already_enrolled`, what `addFactor` and the limits
 * throw, `password_missing` for an account with neither a password nor a passkey (a code is only ever the second factor),
 * and `wrong_code`, with `clockAheadSeconds` where the code is that of a clock which is minutes off.
 */
export function confirmTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<FactorAdded> {
  const accountId = standing.account.id;
  const authSessionId = standing.authSession.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    const factor = await findTotpFactor(ctx.db, accountId);
    if (factor?.confirmedAt) {
      if (!standing.factors.totp) throw new CodedError("totp_already_enrolled");
      return confirmTotpReplacement(ctx, standing, code);
    }
    if (factor?.authSessionId !== authSessionId) throw new CodedError("totp_not_enrolled");
    const confirmedAt = ctx.clock();
    const secret = ctx.keyring.open("totp", factor.sealedSecret, totpSecretPlace(accountId));
    const step = await totpStepOf(code, secret, confirmedAt);
    if (step === undefined) {
      // Whoever asks was shown the secret, and so learns nothing by it. Where codes are verified it is not said: a guess
      // might then find one that will be right in a minute.
      const clockAheadSeconds = await clockAheadOf(code, secret, confirmedAt);
      throw new CodedError("wrong_code", clockAheadSeconds === undefined ? {} : { clockAheadSeconds });
    }
    return addFactor(ctx, standing, "totp", async (trx, { hasPassword, passkeys }) => {
      if (!hasPassword && passkeys.length === 0) throw new CodedError("password_missing");
      const confirmation = { accountId, authSessionId, createdAt: factor.createdAt, confirmedAt, step };
      if (!(await confirmTotpFactor(trx, confirmation))) throw new CodedError("totp_already_enrolled");
    });
  });
}
