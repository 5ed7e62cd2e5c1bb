import type { Audience } from "@tessera/contracts";
import { type KnownStanding, readAuthStanding } from "../accounts/auth-sessions/auth-sessions.ts";
import { signIn } from "../accounts/sign-in.ts";
import type { CoreContext } from "../context.ts";
import { testRequester } from "./requester.ts";

/** Signs in by password, as the first request with the new cookie sees it; the second factor is still to come. */
export async function signInByPassword(
  ctx: CoreContext,
  account: { email: string; password: string },
  audience: Audience,
): Promise<{ token: string; standing: KnownStanding }> {
  const { email, password } = account;
  const { authSession } = await signIn(ctx, { email, password, audience }, testRequester, { state: "signed_out" });
  const { standing } = await readAuthStanding(ctx, { token: authSession.token, audience });
  if (standing.state === "signed_out") throw new Error("a new auth session is unknown");
  return { token: authSession.token, standing };
}
