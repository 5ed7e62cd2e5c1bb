import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { beginTotpReplacement } from "./replace-totp.ts";
import { findTotpFactor, putUnconfirmedTotpFactor } from "./totp-factors.queries.ts";
import { encodeTotpSecret, totpSecretLength, totpSecretPlace, totpUri } from "./totp.ts";

/** Phones drop a page while its owner is in the authenticator app: who comes back finds the same secret. */
const sameSecretMs = 3_600_000;

/**
 * A TOTP secret (base32) with its `otpauth:` URI, to be shown to its owner. It counts for nothing until
 * `confirmTotpEnrolment`. Asked again within the hour by the same auth session, the answer is the same secret; otherwise a
 * new one takes the place of one that was never confirmed: whoever else was shown it may have been an intruder. An app
 * that counts already goes on counting until the new one is confirmed.
 * Throws `totp_already_enrolled`, `conflict` if another auth session asks at the same moment, or `password_missing` for an
 * account with neither a password nor a passkey: a code is only ever the second factor.
 */
export async function beginTotpEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy">,
  standing: KnownStanding,
): Promise<{ secret: string; uri: string }> {
  const { account, hasPassword, factors, authSession } = standing;
  if (!hasPassword && !factors.passkey) throw new CodedError("password_missing");
  const bytes = ctx.random(totpSecretLength);
  const createdAt = ctx.clock();
  const replaceBefore = new Date(createdAt.getTime() - sameSecretMs);
  const shown = (secret: Uint8Array) => {
    const text = encodeTotpSecret(secret);
    return { secret: text, uri: totpUri({ issuer: ctx.policy.totpIssuer, email: account.email, secret: text }) };
  };
  if (factors.totp) return shown(await beginTotpReplacement(ctx, standing, { secret: bytes, replaceBefore }));
  const sealedSecret = ctx.keyring.seal("totp", bytes, totpSecretPlace(account.id));
  const written = await putUnconfirmedTotpFactor(ctx.db, {
    accountId: account.id,
    authSessionId: authSession.id,
    sealedSecret,
    createdAt,
    replaceBefore,
  });
  return shown(written ? bytes : await openUnconfirmed(ctx, account.id, authSession.id));
}

async function openUnconfirmed(
  { db, keyring }: Pick<CoreContext, "db" | "keyring">,
  accountId: string,
  authSessionId: string,
) {
  const factor = await findTotpFactor(db, accountId);
  if (factor?.confirmedAt) throw new CodedError("totp_already_enrolled");
  // Another auth session has asked since the statement before: nobody is shown what was not made for them.
  if (factor?.authSessionId !== authSessionId) throw new CodedError("conflict");
  return keyring.open("totp", factor.sealedSecret, totpSecretPlace(accountId));
}
