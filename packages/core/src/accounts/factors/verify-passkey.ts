import type { Facts, WebauthnResponse, webauthnOptions } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import type { KnownStanding } from "../auth-sessions/auth-sessions.ts";
import { findPasskey, listCredentials, notePasskeyUse } from "./passkeys.queries.ts";
import { acceptSecondFactor, type Passed, trySecondFactor } from "./second-factor.ts";
import { webauthnLibrary } from "./webauthn-library.ts";
import { answerWithinMs, checkPasskey, credentialIdOf, newChallenge, passkeyDomain } from "./webauthn.ts";

/** What the browser needs to show one of this account's passkeys (`PublicKeyCredentialRequestOptionsJSON`). */
export async function beginPasskeyVerification(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "policy">,
  { account, hasPassword }: KnownStanding,
  requester: Requester,
): Promise<Facts<typeof webauthnOptions>> {
  const accountId = account.id;
  const known = await listCredentials(ctx.db, accountId);
  const { generateAuthenticationOptions } = await webauthnLibrary();
  const options = await generateAuthenticationOptions({
    rpID: passkeyDomain(ctx, requester),
    challenge: await newChallenge(ctx, { purpose: "verification", accountId }),
    timeout: answerWithinMs,
    userVerification: hasPassword ? "preferred" : "required",
    allowCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId.toString("base64url"),
      transports,
    })),
  });
  return { ...options };
}

/**
 * The second factor by passkey: ends signing in, or, for somebody signed in, is the step-up. Without a password it is the
 * only factor, and must verify its user. Throws `passkey_refused`, or what the limits throw.
 */
export function verifyPasskey(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "attempts" | "policy">,
  standing: KnownStanding,
  { response }: { response: WebauthnResponse },
  requester: Requester,
): Promise<Passed> {
  const accountId = standing.account.id;
  return trySecondFactor(ctx, { standing, method: "passkey", requester }, async () => {
    const passkey = await findPasskey(ctx.db, credentialIdOf(response));
    if (passkey?.accountId !== accountId) throw new CodedError("passkey_refused");
    const { counter } = await checkPasskey(ctx, {
      passkey,
      purpose: { purpose: "verification", accountId },
      response,
      requester,
      userVerification: !standing.hasPassword,
    });
    return acceptSecondFactor(ctx, standing, "passkey", async (trx) => {
      const used = await notePasskeyUse(trx, { id: passkey.id, counter, usedAt: ctx.clock() });
      if (!used) throw new CodedError("passkey_refused");
    });
  });
}
