import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { deleteMailTokensFor } from "../mail-tokens/mail-tokens.queries.ts";
import { frozenUntil } from "./factor-reset.ts";
import { deleteFactorReset, findFactorReset, lockOwner, thawHandOver } from "./factor-resets.queries.ts";

/**
 * Drops the factor reset that waits for an account, with the links that were mailed for it; tickets move again. `by` says
 * how for the audit log: the link in the mail, the factor that was not lost after all, the address that is another one
 * now, or a role, with which two admins help. False if none waits.
 */
export async function dropFactorReset(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  accountId: string,
  by: "link" | "totp" | "passkey" | "recovery_code" | "email_change" | "role",
): Promise<boolean> {
  // Nearly always there is none, and nothing to lock.
  if (!(await findFactorReset(trx, accountId))) return false;
  await lockOwner(trx, accountId);
  const reset = await findFactorReset(trx, accountId);
  if (!reset) return false;
  await deleteFactorReset(trx, reset.id);
  await deleteMailTokensFor(trx, reset.id);
  await thawHandOver(trx, accountId, frozenUntil(reset));
  await writeAuditEntry(trx, ctx, { action: "factor_reset.cancelled", subjectId: accountId, details: { by } });
  return true;
}
