import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { KnownStanding } from "./auth-sessions.ts";
import { putUnconfirmedTotpFactor } from "./totp-factors.queries.ts";
import { encodeTotpSecret, totpSecretLength, totpSecretPlace, totpUri } from "./totp.ts";

/**
 * A new TOTP secret (base32) with its `otpauth:` URI, shown this once. It takes the place of one that was never
 * confirmed and counts for nothing until `confirmTotpEnrolment`. Throws `totp_already_enrolled`.
 */
export async function beginTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  { account }: KnownStanding,
): Promise<{ secret: string; uri: string }> {
  const bytes = ctx.random(totpSecretLength);
  const sealedSecret = ctx.keyring.seal("totp", bytes, totpSecretPlace(account.id));
  const written = await putUnconfirmedTotpFactor(ctx.db, {
    accountId: account.id,
    sealedSecret,
    createdAt: ctx.clock(),
  });
  if (!written) throw new CodedError("totp_already_enrolled");
  const secret = encodeTotpSecret(bytes);
  return { secret, uri: totpUri({ issuer: ctx.policy.totpIssuer, email: account.email, secret }) };
}
