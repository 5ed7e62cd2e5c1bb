import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { addFactor, type FactorAdded } from "./add-factor.ts";
import { findTotpEnrolment, takeTotpEnrolment } from "./totp-enrolments.queries.ts";
import { findTotpFactor, putTotpFactor } from "./totp-factors.queries.ts";
import { clockAheadOf, totpEnrolmentPlace, totpSecretPlace, totpStepOf } from "./totp.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">;

/**
 * Makes an app count, once it has shown a right code to the auth session that was shown its secret: that is then signed
 * in. It takes the place of one that counted, and auth sessions elsewhere, which that may have opened, end. `code` is six
 * digits. Throws `totp_not_enrolled`, `totp_already_enrolled`, what `addFactor` and the limits throw, `password_missing`
 * for an account with neither a password nor a passkey (a code is only ever the second factor), and `wrong_code`, with
 * `clockAheadSeconds` where the code is that of a clock which is minutes off.
 */
export function confirmTotpEnrolment(
  ctx: Parts,
  standing: KnownStanding,
  { code }: { code: string },
  requester: Requester,
): Promise<FactorAdded> {
  const accountId = standing.account.id;
  const shown = { accountId, authSessionId: standing.authSession.id };
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    const enrolment = await findTotpEnrolment(ctx.db, shown);
    if (!enrolment) {
      // Perhaps it has just been confirmed, in another tab.
      const isThere = !standing.factors.totp && (await findTotpFactor(ctx.db, accountId)) !== undefined;
      throw new CodedError(isThere ? "totp_already_enrolled" : "totp_not_enrolled");
    }
    const confirmedAt = ctx.clock();
    const secret = ctx.keyring.open("totp", enrolment.sealedSecret, totpEnrolmentPlace(accountId));
    const step = await stepOf(code, secret, confirmedAt);
    const sealedSecret = ctx.keyring.seal("totp", secret, totpSecretPlace(accountId));
    return addFactor(ctx, standing, "totp", async (trx, { hasPassword, passkeys, totp }) => {
      if (totp && !standing.factors.totp) throw new CodedError("totp_already_enrolled");
      if (!hasPassword && passkeys.length === 0) throw new CodedError("password_missing");
      const taken = await takeTotpEnrolment(trx, { ...shown, createdAt: enrolment.createdAt });
      if (!taken) throw new CodedError("totp_not_enrolled");
      await putTotpFactor(trx, { accountId, sealedSecret, confirmedAt, step });
      if (totp) await deleteAuthSessionsOf(trx, accountId, { except: standing.authSession.id });
    });
  });
}

async function stepOf(code: string, secret: Uint8Array, at: Date): Promise<number> {
  const step = await totpStepOf(code, secret, at);
  if (step !== undefined) return step;
  // Whoever asks was shown the secret, and so learns nothing by it. Where codes are verified it is not said: a guess
  // might then find one that will be right in a minute.
  const clockAheadSeconds = await clockAheadOf(code, secret, at);
  throw new CodedError("wrong_code", clockAheadSeconds === undefined ? {} : { clockAheadSeconds });
}
