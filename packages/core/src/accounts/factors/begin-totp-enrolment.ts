import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { findTotpFactor, putUnconfirmedTotpFactor } from "./totp-factors.queries.ts";
import { encodeTotpSecret, totpSecretLength, totpSecretPlace, totpUri } from "./totp.ts";

/** Phones drop a page while its owner is in the authenticator app: who comes back finds the same secret. */
const sameSecretMs = 3_600_000;

/**
 * A TOTP secret (base32) with its `otpauth:` URI, to be shown to its owner. It counts for nothing until
 * `confirmTotpEnrolment`. Asked again within the hour, the answer is the same secret; later, a new one takes the place of
 * one that was never confirmed. Throws `totp_already_enrolled`, or `password_missing` for an account with neither a
 * password nor a passkey: a code is only ever the second factor.
 */
export async function beginTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  { account, hasPassword, factors }: KnownStanding,
): Promise<{ secret: string; uri: string }> {
  if (!hasPassword && !factors.passkey) throw new CodedError("password_missing");
  const bytes = ctx.random(totpSecretLength);
  const sealedSecret = ctx.keyring.seal("totp", bytes, totpSecretPlace(account.id));
  const createdAt = ctx.clock();
  const replaceBefore = new Date(createdAt.getTime() - sameSecretMs);
  const written = await putUnconfirmedTotpFactor(ctx.db, {
    accountId: account.id,
    sealedSecret,
    createdAt,
    replaceBefore,
  });
  const secret = encodeTotpSecret(written ? bytes : await openUnconfirmed(ctx, account.id));
  return { secret, uri: totpUri({ issuer: ctx.policy.totpIssuer, email: account.email, secret }) };
}

async function openUnconfirmed({ db, keyring }: Pick<CoreContext, "db" | "keyring">, accountId: string) {
  const factor = await findTotpFactor(db, accountId);
  if (factor === undefined || factor.confirmedAt !== null) throw new CodedError("totp_already_enrolled");
  return keyring.open("totp", factor.sealedSecret, totpSecretPlace(accountId));
}
