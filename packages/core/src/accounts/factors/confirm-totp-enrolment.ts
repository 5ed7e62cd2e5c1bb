import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { type IssuedAuthSession, type KnownStanding, passSecondFactor } from "../auth-sessions/auth-sessions.ts";
import { insertRecoveryCodes } from "./recovery-codes.queries.ts";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes.ts";
import { confirmTotpFactor, findTotpFactor } from "./totp-factors.queries.ts";
import { totpSecretPlace, totpStepOf } from "./totp.ts";

/**
 * Makes the second factor count, once its app has shown a right code: with it come 10 recovery codes, shown this once,
 * and the auth session is signed in. All or nothing.
 * Throws `totp_not_enrolled`, `totp_already_enrolled`, `wrong_code` or `too_many_requests`.
 */
export function confirmTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<{ authSession: IssuedAuthSession; recoveryCodes: string[] }> {
  const accountId = standing.account.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    const factor = await findTotpFactor(ctx.db, accountId);
    if (!factor) throw new CodedError("totp_not_enrolled");
    if (factor.confirmedAt) throw new CodedError("totp_already_enrolled");
    const { sealedSecret, createdAt } = factor;
    const confirmedAt = ctx.clock();
    const secret = ctx.keyring.open("totp", sealedSecret, totpSecretPlace(accountId));
    const step = await totpStepOf(code, secret, confirmedAt);
    if (step === undefined) throw new CodedError("wrong_code");

    const recoveryCodes = newRecoveryCodes(ctx);
    return ctx.db.transaction().execute(async (trx) => {
      const confirmed = await confirmTotpFactor(trx, { accountId, createdAt, confirmedAt, step });
      if (!confirmed) throw new CodedError("totp_already_enrolled");
      await insertRecoveryCodes(trx, accountId, recoveryCodes.map(hashRecoveryCode));
      const { authSession } = await passSecondFactor(trx, ctx, {
        ...standing,
        factors: { ...standing.factors, totp: true },
      });
      return { authSession, recoveryCodes };
    });
  });
}
