import type { Audience } from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { findLiveAccount, type LiveAccount, lockLiveAccount, notePasswordReset } from "../accounts.queries.ts";
import { dropEmailChange } from "../email/withdraw-email-change.ts";
import { readMailToken, useMailToken } from "../mail-tokens/mail-tokens.ts";
import { hashChosenPassword } from "./password-rules.ts";
import { replacePassword } from "./replace-password.ts";

const kinds = ["password_reset"] as const;

/**
 * Sets the password of whoever holds a mailed link: also a first one. Nobody is signed in by it, and the second factor
 * stays as it was. Every auth session of the account ends, and a change of its address that waits is withdrawn. Of many
 * who bring the same link at once exactly one succeeds; a password that is refused leaves the link as it was.
 * Throws `link_expired`, `password_too_short`, `password_too_long`, `password_too_common`, or what the limits throw.
 */
export async function resetPassword(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "passwords" | "attempts" | "policy">,
  { token, password, audience }: { token: string; password: string; audience: Audience },
  requester: Requester,
): Promise<void> {
  // Looked at before the slow hash: it is for those who hold a link.
  const { accountId } = await readMailToken(ctx.db, ctx, { token, kinds });
  const holder = accountId === null ? undefined : await findLiveAccount(ctx.db, accountId);
  const { id, email, displayName } = demand(holder);
  const passwordHash = await hashChosenPassword(ctx, { password, email, displayName }, requester);
  await ctx.db.transaction().execute(async (trx) => {
    const account = demand(await lockLiveAccount(trx, id));
    await useMailToken(trx, ctx, { token, kinds });
    await replacePassword(trx, ctx, { account, passwordHash, keep: {}, asked: audience });
    await notePasswordReset(trx, id, ctx.clock());
    // Whoever had got in by the old password may have asked for it.
    await dropEmailChange(trx, ctx, { accountId: id, by: "password_reset" });
    await writeAuditEntry(trx, ctx, { action: "password_reset.completed", actorId: id, subjectId: id });
  });
}

/** The account was disabled or deleted after the mail was sent. */
function demand(account: LiveAccount | undefined): LiveAccount {
  if (account === undefined) throw new CodedError("link_expired");
  return account;
}
