import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { addFactor, type FactorAdded } from "./add-factor.ts";
import { confirmTotpFactor, findTotpFactor } from "./totp-factors.queries.ts";
import { totpSecretPlace, totpStepOf } from "./totp.ts";

/**
 * Makes the TOTP factor count, once its app has shown a right code: the auth session is then signed in. `code` is six
 * digits. Throws `totp_not_enrolled`, `totp_already_enrolled`, `wrong_code`, what `addFactor` and the limits throw, and
 * `password_missing` for an account with neither a password nor a passkey: a code is only ever the second factor.
 */
export function confirmTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<FactorAdded> {
  const accountId = standing.account.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    const factor = await findTotpFactor(ctx.db, accountId);
    if (!factor) throw new CodedError("totp_not_enrolled");
    if (factor.confirmedAt) throw new CodedError("totp_already_enrolled");
    const confirmedAt = ctx.clock();
    const secret = ctx.keyring.open("totp", factor.sealedSecret, totpSecretPlace(accountId));
    const step = await totpStepOf(code, secret, confirmedAt);
    if (step === undefined) throw new CodedError("wrong_code");
    return addFactor(ctx, standing, "totp", async (trx, { hasPassword, passkeys }) => {
      if (!hasPassword && passkeys.length === 0) throw new CodedError("password_missing");
      const confirmation = { accountId, createdAt: factor.createdAt, confirmedAt, step };
      if (!(await confirmTotpFactor(trx, confirmation))) throw new CodedError("totp_already_enrolled");
    });
  });
}
