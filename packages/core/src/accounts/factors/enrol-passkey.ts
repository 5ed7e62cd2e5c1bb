import type { Facts, WebauthnResponse, webauthnOptions } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import type { Requester } from "../../ports.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { addFactor, type FactorAdded } from "./add-factor.ts";
import { insertPasskey, listCredentials } from "./passkeys.queries.ts";
import { webauthnLibrary } from "./webauthn-library.ts";
import {
  answerWithinMs,
  checkNewPasskey,
  newChallenge,
  passkeyDomain,
  signatureAlgorithms,
  userHandleOf,
} from "./webauthn.ts";

/**
 * What the browser needs to make a passkey (`PublicKeyCredentialCreationOptionsJSON`): one that is kept on the
 * authenticator and verifies its user where that is possible, so that it works alone; always, for an account without a
 * password.
 */
export async function beginPasskeyEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { account, hasPassword }: KnownStanding,
  requester: Requester,
): Promise<Facts<typeof webauthnOptions>> {
  const accountId = account.id;
  const known = await listCredentials(ctx.db, accountId);
  const wanted = hasPassword ? "preferred" : "required";
  const { generateRegistrationOptions } = await webauthnLibrary();
  const options = await generateRegistrationOptions({
    rpName: ctx.policy.totpIssuer,
    rpID: passkeyDomain(ctx, requester),
    userID: userHandleOf(accountId),
    userName: account.email,
    userDisplayName: account.displayName,
    challenge: await newChallenge(ctx, { purpose: "enrolment", accountId }),
    timeout: answerWithinMs,
    attestationType: "none",
    supportedAlgorithmIDs: signatureAlgorithms,
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId.toString("base64url"),
      transports,
    })),
    authenticatorSelection: { residentKey: wanted, userVerification: wanted },
  });
  return { ...options };
}

/**
 * Makes the passkey count that the browser has made. Throws `passkey_refused`, `passkey_known`, and what `addFactor` and
 * the limits throw.
 */
export function confirmPasskeyEnrolment(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  { name, response }: { name: string; response: WebauthnResponse },
  requester: Requester,
): Promise<FactorAdded> {
  const accountId = standing.account.id;
  return ctx.attempts.guess("second_factor", { account: accountId, requester }, async () => {
    const { alone, ...proven } = await checkNewPasskey(ctx, { accountId, response, requester });
    return addFactor(ctx, standing, "passkey", async (trx, { hasPassword }) => {
      // Its owner could never sign in.
      if (!hasPassword && !alone) throw new CodedError("passkey_refused");
      await insertPasskey(trx, { ...proven, id: newId(ctx), accountId, alone, name, createdAt: ctx.clock() });
    });
  });
}
