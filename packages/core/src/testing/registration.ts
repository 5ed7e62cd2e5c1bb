import { type KnownStanding, readAuthStanding } from "../accounts/auth-sessions/auth-sessions.ts";
import { beginRegistration } from "../accounts/registration/begin-registration.ts";
import { register } from "../accounts/registration/register.ts";
import type { CoreContext } from "../context.ts";
import { queuedMail } from "./mails.ts";
import { testRequester } from "./requester.ts";

/** A visitor who has proven an address and made an account, and owes the first second factor. */
export async function registerByMail(
  ctx: CoreContext,
  {
    email,
    password = "marble torch over the river",
    displayName = "Camille Test",
  }: { email: string; password?: string | null; displayName?: string },
): Promise<{ token: string; standing: KnownStanding }> {
  const { registrationId } = await beginRegistration(ctx, { email, locale: "fr" }, testRequester);
  const { code } = await queuedMail(ctx, email, "registration_code");
  const input = { registrationId, code, password, displayName, locale: "fr" as const };
  const { authSession } = await register(ctx, input, testRequester, { state: "signed_out" });
  const { standing } = await readAuthStanding(ctx, { token: authSession.token, audience: "shop" });
  if (standing.state === "signed_out") throw new Error("a new auth session is unknown");
  return { token: authSession.token, standing };
}
