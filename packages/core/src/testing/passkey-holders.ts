import type { Audience } from "@tessera/contracts";
import { type KnownStanding, readAuthStanding, type SignedIn } from "../accounts/auth-sessions/auth-sessions.ts";
import { beginPasskeyEnrolment, confirmPasskeyEnrolment } from "../accounts/factors/enrol-passkey.ts";
import type { CoreContext } from "../context.ts";
import { makePasskey } from "./passkeys.ts";
import { registerByMail } from "./registration.ts";
import { testRequester } from "./requester.ts";

/** Makes a passkey and enrols it, with what was asked and answered on the way. */
export async function enrolPasskey(
  ctx: CoreContext,
  standing: KnownStanding,
  how: Parameters<typeof makePasskey>[1] = {},
) {
  const options = await beginPasskeyEnrolment(ctx, standing, testRequester);
  const { passkey, response } = makePasskey(options, how);
  const added = await confirmPasskeyEnrolment(ctx, standing, { name: "Phone", response }, testRequester);
  return { passkey, response, options, ...added };
}

/** A visitor with one passkey, signed in; without a password unless told. */
export async function registerWithPasskey(ctx: CoreContext, account: { email: string; password?: string }) {
  const { standing } = await registerByMail(ctx, { password: null, ...account });
  const enrolled = await enrolPasskey(ctx, standing);
  return { ...enrolled, accountId: standing.account.id, standing: await signedInBy(ctx, enrolled.authSession.token) };
}

/** Who is behind a token that must be one of somebody signed in. */
export async function signedInBy(ctx: CoreContext, token: string, audience: Audience = "shop"): Promise<SignedIn> {
  const { standing } = await readAuthStanding(ctx, { token, audience });
  if (standing.state !== "signed_in") throw new Error(`expected signed_in, not ${standing.state}`);
  return standing;
}
