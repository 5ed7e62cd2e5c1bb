import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { findLiveAccount, type LiveAccount, lockLiveAccount } from "../accounts.queries.ts";
import {
  type AuthStandingView,
  type IssuedAuthSession,
  type KnownStanding,
  renewToken,
  viewStanding,
} from "../auth-sessions/auth-sessions.ts";
import { hashChosenPassword } from "./password-rules.ts";
import { replacePassword } from "./replace-password.ts";

/**
 * Another password, or a first one (`currentPassword` is null where there is none). Every other auth session of the
 * account ends, in every app, and this one gets a new token.
 * Throws `wrong_credentials` for a wrong or missing current password, `password_missing` for one where there is none,
 * `password_too_short`, `password_too_long`, `password_too_common`, `not_signed_in`, `conflict` when the password was
 * changed at the same moment, and what the limits throw.
 */
export async function changePassword(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "passwords" | "attempts" | "policy">,
  standing: KnownStanding,
  { currentPassword, newPassword }: { currentPassword: string | null; newPassword: string },
  requester: Requester,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const { id, email, displayName } = standing.account;
  const before = demand(await findLiveAccount(ctx.db, id));
  // Counted with the tries to sign in: it is the same password.
  await ctx.attempts.guess("password", { account: email, requester }, () =>
    checkCurrentPassword(ctx, before, currentPassword),
  );
  const passwordHash = await hashChosenPassword(ctx, { password: newPassword, email, displayName }, requester);
  const authSession = await ctx.db.transaction().execute(async (trx) => {
    const account = demand(await lockLiveAccount(trx, id));
    if (account.passwordHash !== before.passwordHash) throw new CodedError("conflict");
    const { id: except, audience: asked } = standing.authSession;
    await replacePassword(trx, ctx, { account, passwordHash, keep: { except }, asked });
    await writeAuditEntry(trx, ctx, { action: "password.changed", actorId: id, subjectId: id });
    return renewToken(trx, ctx, standing);
  });
  return { authSession, standing: viewStanding({ ...standing, hasPassword: true }) };
}

async function checkCurrentPassword(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "passwords">,
  { id, passwordHash }: LiveAccount,
  given: string | null,
): Promise<void> {
  if (passwordHash === null) {
    if (given !== null) throw new CodedError("password_missing");
    return;
  }
  if (given !== null && (await ctx.passwords.verify(passwordHash, given))) return;
  await writeAuditEntry(ctx.db, ctx, { action: "sign_in.wrong_password", actorId: id, subjectId: id });
  throw new CodedError("wrong_credentials");
}

/** Disabled or deleted since the request began. */
function demand(account: LiveAccount | undefined): LiveAccount {
  if (account === undefined) throw new CodedError("not_signed_in");
  return account;
}
