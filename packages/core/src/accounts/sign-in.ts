import { type Audience, rolesOfAudience } from "@tessera/contracts";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import type { Requester } from "../ports.ts";
import { type Credentials, findCredentials } from "./accounts.queries.ts";
import {
  type AuthStanding,
  type AuthStandingView,
  type IssuedAuthSession,
  startAuthSession,
} from "./auth-sessions/auth-sessions.ts";
import { endPrevious } from "./auth-sessions/end-auth-sessions.ts";
import { rehashPassword } from "./passwords/rehash-password.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "passwords" | "attempts">;

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
  const { account, passwordHash, disabledAt, factors } = credentials;
  if (disabledAt !== null || !rolesOfAudience[audience].includes(account.role)) {
    const code = disabledAt === null ? "forbidden" : "account_disabled";
    await writeAuditEntry(ctx.db, ctx, {
      action: "sign_in.refused",
      subjectId: account.id,
      details: { code, audience },
    });
    throw new CodedError(code);
  }
  const start = (db: CoreContext["db"]) =>
    startAuthSession(db, ctx, { accountId: account.id, passwordHash, audience, requester });
  const authSession = await (previous.state === "signed_out"
    ? start(ctx.db)
    : ctx.db.transaction().execute(async (trx) => {
        // The account is locked before any auth session, as everywhere.
        const started = await start(trx);
        await endPrevious(trx, previous);
        return started;
      }));
  await rehashPassword(ctx, credentials, input.password);
  // Not read back: a crowd signs in at once, and what is in the database is what was written.
  const owes = factors.totp || factors.passkey ? ({ state: "verify", factors } as const) : enrol;
  return { authSession, standing: { ...owes, account } };
}

const enrol = { state: "enrol", hasPassword: true } as const;

type CheckedCredentials = Credentials & { passwordHash: string };

async function checkPassword(
  ctx: Parts,
  { email, password }: { email: string; password: string },
): Promise<CheckedCredentials> {
  const credentials = await findCredentials(ctx.db, email);
  const passwordHash = credentials?.passwordHash ?? undefined;
  const right = await ctx.passwords.verify(passwordHash, password);
  if (!credentials || passwordHash === undefined || !right) {
    // Also for an address without an account: it is the same work.
    const subject = credentials && { subjectId: credentials.account.id };
    await writeAuditEntry(ctx.db, ctx, { action: "sign_in.wrong_password", ...subject });
    throw new CodedError("wrong_credentials");
  }
  return { ...credentials, passwordHash };
}
