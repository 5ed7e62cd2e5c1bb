import type { Audience, Locale } from "@tessera/contracts";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { makeAccount } from "./account.ts";
import { insertAccount } from "./accounts.queries.ts";
import {
  type AuthStanding,
  type AuthStandingView,
  type IssuedAuthSession,
  signOut,
  startAuthSession,
} from "./auth-sessions.ts";
import { refuseWeakPassword } from "./password-rules.ts";

/**
 * A visitor makes an account: the account, its account key and an auth session of the shop, all or nothing. The second
 * factor comes next. `previous` is what the cookie held: it ends. Staff and admins never register themselves, and so any
 * app but the shop is `forbidden`. Throws also `password_too_short`, `password_too_long`, `password_too_common` or `email_taken`.
 */
export async function register(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "passwords">,
  input: { email: string; password: string; displayName: string; locale: Locale; audience: Audience },
  previous: AuthStanding,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const { email, displayName, locale, audience } = input;
  if (audience !== "shop") throw new CodedError("forbidden");
  refuseWeakPassword(input);
  // Hashed before the transaction begins: no connection waits for a slow hash.
  const passwordHash = await ctx.passwords.hash(input.password);
  return ctx.db.transaction().execute(async (trx) => {
    const account = await insertAccount(
      trx,
      makeAccount(ctx, { email, displayName, locale, role: "visitor", passwordHash }),
    );
    const authSession = await startAuthSession(trx, ctx, { accountId: account.id, audience });
    await signOut({ db: trx }, previous);
    return { authSession, standing: { state: "enrol", account } };
  });
}
