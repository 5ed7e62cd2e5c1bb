import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { findTotpEnrolment, putTotpEnrolment } from "./totp-enrolments.queries.ts";
import { findTotpFactor } from "./totp-factors.queries.ts";
import { encodeTotpSecret, totpEnrolmentPlace, totpSecretLength, totpUri } from "./totp.ts";

/** Phones drop a page while its owner is in the authenticator app: who comes back finds the same secret. */
const sameSecretMs = 3_600_000;

/**
 * A TOTP secret (base32) with its `otpauth:` URI, to be shown to its owner: for the first app, or for one that shall take
 * the place of another, which counts meanwhile. It counts for nothing until `confirmTotpEnrolment`. Asked again within the
 * hour by the same auth session, the answer is the same secret; otherwise a new one takes its place: whoever else was
 * shown it may have been an intruder. Throws `totp_already_enrolled` if an app came to count since the standing was read,
 * `conflict` if another auth session asks at the same moment, or `password_missing` for an account with neither a password
 * nor a passkey: a code is only ever the second factor.
 */
export async function beginTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  { account, hasPassword, factors, authSession }: KnownStanding,
): Promise<{ secret: string; uri: string }> {
  if (!hasPassword && !factors.passkey) throw new CodedError("password_missing");
  if (!factors.totp && (await findTotpFactor(ctx.db, account.id))) throw new CodedError("totp_already_enrolled");
  const shown = { accountId: account.id, authSessionId: authSession.id };
  const place = totpEnrolmentPlace(account.id);
  const sealedSecret = ctx.keyring.seal("totp", ctx.random(totpSecretLength), place);
  const createdAt = ctx.clock();
  const replaceBefore = new Date(createdAt.getTime() - sameSecretMs);
  await putTotpEnrolment(ctx.db, { ...shown, sealedSecret, createdAt, replaceBefore });
  const enrolment = await findTotpEnrolment(ctx.db, shown);
  // Another auth session has asked since the statement before: nobody is shown what was not made for them.
  if (!enrolment) throw new CodedError("conflict");
  const secret = encodeTotpSecret(ctx.keyring.open("totp", enrolment.sealedSecret, place));
  return { secret, uri: totpUri({ issuer: ctx.policy.totpIssuer, email: account.email, secret }) };
}
