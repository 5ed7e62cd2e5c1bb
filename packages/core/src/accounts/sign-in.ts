import { type Audience, rolesOfAudience } from "@tessera/contracts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Requester } from "../ports.ts";
import { type Credentials, findCredentials, keepCredentials } from "./accounts.queries.ts";
import {
  type AuthStanding,
  type AuthStandingView,
  type IssuedAuthSession,
  readAuthStanding,
  startAuthSession,
  viewStanding,
} from "./auth-sessions/auth-sessions.ts";
import { endPrevious } from "./auth-sessions/end-auth-sessions.ts";
import { rehashPassword } from "./passwords/rehash-password.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "passwords" | "attempts" | "policy">;

/**
 * Signs in by password for one app, always with a new auth session; the second factor comes next. An address without an
 * account costs the same work and gets the same answer. `previous` is what the app's cookie held: it ends.
 * Throws `wrong_credentials`, what the limits throw, and only after the right password `account_disabled` or `forbidden`;
 * `conflict` if the password was changed at the same moment.
 */
export async function signIn(
  ctx: Parts,
  input: { email: string; password: string; audience: Audience },
  requester: Requester,
  previous: AuthStanding,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const { audience } = input;
  const credentials = await ctx.attempts.guess("password", { account: input.email, requester }, () =>
    checkPassword(ctx, input),
  );
  const { accountId, role, disabledAt } = credentials;
  if (disabledAt !== null || !rolesOfAudience[audience].includes(role)) {
    const code = disabledAt === null ? "forbidden" : "account_disabled";
    await writeAuditEntry(ctx.db, ctx, {
      action: "sign_in.refused",
      subjectId: accountId,
      details: { code, audience },
    });
    throw new CodedError(code);
  }
  const authSession = await ctx.db.transaction().execute(async (trx) => {
    // A new password ends every auth session: the old one must not start another behind its back.
    if (!(await keepCredentials(trx, credentials))) throw new CodedError("conflict");
    await endPrevious(trx, previous);
    return startAuthSession(trx, ctx, { accountId, audience, requester });
  });
  await rehashPassword(ctx, credentials, input.password);
  const { standing } = await readAuthStanding(ctx, { token: authSession.token, audience });
  return { authSession, standing: viewStanding(standing) };
}

async function checkPassword(
  ctx: Parts,
  { email, password }: { email: string; password: string },
): Promise<Credentials> {
  const credentials = await findCredentials(ctx.db, email);
  const right = await ctx.passwords.verify(credentials?.passwordHash ?? undefined, password);
  if (!credentials || !right) {
    // Also for an address without an account: it is the same work.
    const subject = credentials && { subjectId: credentials.accountId };
    await writeAuditEntry(ctx.db, ctx, { action: "sign_in.wrong_password", ...subject });
    throw new CodedError("wrong_credentials");
  }
  return credentials;
}
