import { type Audience, rolesOfAudience } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { findCredentials } from "./accounts.queries.ts";
import {
  type AuthStanding,
  type AuthStandingView,
  type IssuedAuthSession,
  readAuthStanding,
  signOut,
  startAuthSession,
  viewStanding,
} from "./auth-sessions.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "passwords" | "attempts" | "policy">;

/**
 * Signs in by password for one app, always with a new auth session; the second factor comes next. An address without an
 * account costs the same work and gets the same answer. `previous` is what the app's cookie held: it ends.
 * Throws `wrong_credentials`, `too_many_requests`, and only after the right password `forbidden`.
 */
export async function signIn(
  ctx: Parts,
  input: { email: string; password: string; audience: Audience },
  previous: AuthStanding,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const { accountId, role } = await ctx.attempts.run("password", input.email, () => checkPassword(ctx, input));
  if (!rolesOfAudience[input.audience].includes(role)) throw new CodedError("forbidden");
  await signOut(ctx, previous);
  const authSession = await startAuthSession(ctx.db, ctx, { accountId, audience: input.audience });
  const { standing } = await readAuthStanding(ctx, { token: authSession.token, audience: input.audience });
  return { authSession, standing: viewStanding(standing) };
}

async function checkPassword(ctx: Parts, { email, password }: { email: string; password: string }) {
  const credentials = await findCredentials(ctx.db, email);
  const right = await ctx.passwords.verify(credentials?.passwordHash, password);
  if (!credentials || !right) throw new CodedError("wrong_credentials");
  return credentials;
}
