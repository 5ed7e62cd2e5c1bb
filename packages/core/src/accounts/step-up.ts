import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { AuthStandingView, IssuedAuthSession, KnownStanding } from "./auth-sessions.ts";
import { verifyTotp } from "./verify-totp.ts";

/**
 * Shows the second factor again, before what costs or grants something. Throws as `verifyTotp`, and
 * `second_factor_required` for somebody who is still signing in.
 */
export async function stepUp(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "attempts" | "policy">,
  standing: KnownStanding,
  input: { code: string },
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  if (standing.state !== "signed_in") throw new CodedError("second_factor_required");
  return verifyTotp(ctx, standing, input);
}
