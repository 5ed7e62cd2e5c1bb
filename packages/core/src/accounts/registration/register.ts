import type { Locale } from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { makeAccount } from "../account.ts";
import { insertAccount } from "../accounts.queries.ts";
import {
  type AuthStanding,
  type AuthStandingView,
  type IssuedAuthSession,
  startAuthSession,
} from "../auth-sessions/auth-sessions.ts";
import { endPrevious } from "../auth-sessions/end-auth-sessions.ts";
import { refuseWeakPassword } from "../passwords/password-rules.ts";
import { readRegistration } from "./begin-registration.ts";
import { takeRegistration } from "./registrations.queries.ts";

/**
 * A visitor whose address is proven makes an account: the account, its account key and an auth session of the shop, all
 * or nothing. The second factor comes next; without a password it must be a passkey. `previous` is what the cookie held:
 * it ends. Throws `registration_expired`, `wrong_code`, `password_too_short`, `password_too_long`, `password_too_common`,
 * `email_taken` (somebody with the same mailbox was first), or what limits throw.
 */
export async function register(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "passwords" | "attempts">,
  input: { registrationId: string; code: string; password: string | null; displayName: string; locale: Locale },
  requester: Requester,
  previous: AuthStanding,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const { registrationId, password, displayName, locale } = input;
  // Counted whatever comes of it: a wrong code here is a guess as well.
  await ctx.attempts.spend("registration", { account: registrationId, requester });
  const { email } = await readRegistration(ctx, input);
  if (password !== null) await refuseWeakPassword({ password, email, displayName });
  // Hashed before the transaction begins: no connection waits for a slow hash.
  const passwordHash = password === null ? null : await ctx.passwords.hash(password);
  return ctx.db.transaction().execute(async (trx) => {
    if (!(await takeRegistration(trx, registrationId))) throw new CodedError("registration_expired");
    const account = await insertAccount(
      trx,
      makeAccount(ctx, { email, displayName, locale, role: "visitor", passwordHash }),
    );
    const authSession = await startAuthSession(trx, ctx, { accountId: account.id, audience: "shop", requester });
    await endPrevious(trx, previous);
    await writeAuditEntry(trx, ctx, { action: "account.registered", actorId: account.id, subjectId: account.id });
    return { authSession, standing: { state: "enrol", account, hasPassword: password !== null } };
  });
}
